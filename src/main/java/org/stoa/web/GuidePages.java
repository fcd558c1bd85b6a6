package org.stoa.web;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Pages about Stoa itself: every component in every state, and the API to try. */
@Controller
public class GuidePages {
    private final Shells shells;

    GuidePages(Shells shells) {
        this.shells = shells;
    }

    /** Every component in every state; the samples are the template's own. */
    public record StyleguideView() {}

    /**
     * The page that lists the API's calls and sends them.
     *
     * @param specification address of the OpenAPI document
     */
    public record ApiView(String specification) {}

    @GetMapping("/styleguide")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    Page styleguide(HttpServletRequest request) {
        return Page.of(
                "web/styleguide", shells.personal(request, "Components", ""), new StyleguideView());
    }

    @GetMapping("/api")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    Page api(HttpServletRequest request) {
        return Page.of(
                "web/api",
                shells.personal(request, say("page.api.title"), ""),
                new ApiView("/api/v1/openapi.json"));
    }
}
