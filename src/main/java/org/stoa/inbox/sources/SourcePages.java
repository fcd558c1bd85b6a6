package org.stoa.inbox.sources;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a school's administrators let systems of their own send to it. */
@Controller
public class SourcePages {
    private final Sources sources;
    private final Hosts hosts;
    private final Shells shells;

    SourcePages(Sources sources, Hosts hosts, Shells shells) {
        this.sources = sources;
        this.hosts = hosts;
        this.shells = shells;
    }

    /**
     * {@code inbox/sources}; posts {@code name} to {@code /admin/webhooks/sources}, and to {@code
     * /admin/webhooks/sources/{source}/rotate}, {@code …/retire} and {@code …/remove}.
     *
     * @param root what the addresses of sources begin with
     * @param fresh whose secret is new; empty when none is
     * @param secret the new one, seen this once
     */
    public record SourcesView(
            List<OwnSource> sources, String root, Form form, String fresh, String secret) {}

    /**
     * One of the school's sources.
     *
     * @param two whether the secret before this one serves as well
     */
    public record OwnSource(String name, Instant since, boolean two) {}

    @GetMapping("/admin/webhooks/sources")
    @Allowed(Who.ADMIN)
    Page list(HttpServletRequest request) {
        return page(Form.empty(), "", "", request);
    }

    @PostMapping("/admin/webhooks/sources")
    @Allowed(Who.ADMIN)
    Page add(@RequestParam(required = false) @Nullable String name, HttpServletRequest request) {
        try {
            var secret = sources.add(name);
            return page(Form.empty(), String.valueOf(name).strip(), secret, request);
        } catch (Problem.Invalid e) {
            var form = Form.refused(name == null ? Map.of() : Map.of("name", name), e.errors());
            return page(form, "", "", request).with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/admin/webhooks/sources/{source}/rotate")
    @Allowed(Who.ADMIN)
    Page rotate(@PathVariable String source, HttpServletRequest request) {
        return page(Form.empty(), source, sources.rotate(source), request);
    }

    @PostMapping("/admin/webhooks/sources/{source}/retire")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> retire(@PathVariable String source) {
        sources.retire(source);
        return back();
    }

    @PostMapping("/admin/webhooks/sources/{source}/remove")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> remove(@PathVariable String source) {
        sources.remove(source);
        return back();
    }

    private static ResponseEntity<Void> back() {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/admin/webhooks/sources"))
                .build();
    }

    private Page page(Form form, String fresh, String secret, HttpServletRequest request) {
        var school = Caller.current().school();
        var root =
                hosts.address(school, request.getScheme(), request.getServerPort())
                        + "/api/webhooks/";
        var own =
                sources.list().stream()
                        .map(one ->
                                new OwnSource(
                                        one.name(),
                                        one.rotatedAt() == null ? one.createdAt() : one.rotatedAt(),
                                        one.two()))
                        .toList();
        return Page.of(
                "inbox/sources",
                shells.personal(request, say("inbox.sources.title"), "school"),
                new SourcesView(own, root, form, fresh, secret));
    }
}
