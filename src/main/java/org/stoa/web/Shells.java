package org.stoa.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.access.CsrfTokens;

/** Builds the frame around a page. */
@Component
public class Shells {
    private final Assets assets;
    private final ScriptWords words;
    private final SchoolColours colours;
    private final Hosts hosts;

    Shells(Assets assets, ScriptWords words, SchoolColours colours, Hosts hosts) {
        this.assets = assets;
        this.words = words;
        this.colours = colours;
        this.hosts = hosts;
    }

    /**
     * The frame of a page that is the same for everyone: nothing personal, no form token.
     *
     * @param section the entry of the navigation that the page belongs to, empty for none
     */
    public Shell shared(HttpServletRequest request, String title, String section) {
        return shell(request, title, section, "");
    }

    /** The frame of a page for one person, whose forms carry a token. */
    public Shell personal(HttpServletRequest request, String title, String section) {
        return shell(request, title, section, CsrfTokens.masked(request));
    }

    Shell plain(HttpServletRequest request, String title) {
        return shell(request, title, "", "");
    }

    private Shell shell(HttpServletRequest request, String title, String section, String csrf) {
        var caller = Caller.currentOrNull();
        var school = caller == null ? null : caller.organization();
        var language = Words.language();
        return new Shell(
                title,
                school == null ? "Stoa" : school.name(),
                language.tag(),
                language.direction(),
                section,
                school == null,
                csrf,
                assets.stylesheet(),
                assets.inside(),
                assets.desk(),
                colours.address(school),
                assets.news(),
                assets.script(),
                assets.theme(),
                words.addresses(language, !csrf.isEmpty(), section.equals("studio")),
                assets.fonts(),
                hosts.address(school, request.getScheme(), request.getServerPort()),
                hosts.address(null, request.getScheme(), request.getServerPort()));
    }
}
