package org.stoa.identity;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Language;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.SpokenLanguage;
import org.stoa.web.access.Who;

/** Choosing the language, signed in or not. */
@Controller
class LanguagePages {
    private final Account account;

    LanguagePages(Account account) {
        this.account = account;
    }

    /**
     * This browser keeps the choice, and so does the account of whoever is signed in. The pages
     * that offer it are the same bytes for everyone and carry no form token.
     *
     * @param language a tag, or empty to leave it to the school
     * @param next where to go on; empty for where the person came from
     */
    @PostMapping("/language")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    void choose(
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!ours(request)) {
            throw new Problem.Forbidden(say("problem.otherSite"));
        }
        var chosen = Language.of(language);
        if (chosen == null && !language.isEmpty()) {
            throw new Problem.Invalid("language", say("identity.language.unknown"));
        }
        if (Caller.current().signedIn()) {
            account.speak(chosen);
        }
        SpokenLanguage.choose(chosen, request, response);
        VisitPages.seeOther(response, VisitPages.relative(next) ? next : back(request));
    }

    /** Browsers name the site that a form stands on; what is no browser need not. */
    private static boolean ours(HttpServletRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                || origin.substring(origin.indexOf("://") + 1)
                        .equalsIgnoreCase("//" + request.getHeader(HttpHeaders.HOST));
    }

    private static String back(HttpServletRequest request) {
        var from = address(request.getHeader(HttpHeaders.REFERER));
        if (from == null || from.getRawPath() == null || from.getRawPath().isEmpty()) {
            return "/";
        }
        var query = from.getRawQuery();
        var path = from.getRawPath() + (query == null ? "" : "?" + query);
        return VisitPages.relative(path) ? path : "/";
    }

    private static @Nullable URI address(@Nullable String text) {
        try {
            return text == null ? null : URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
