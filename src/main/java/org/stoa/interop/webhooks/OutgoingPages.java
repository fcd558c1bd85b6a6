package org.stoa.interop.webhooks;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Problem;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a school's administrators name the addresses that are told what happens. */
@Controller
public class OutgoingPages {
    private static final String AT = "/admin/endpoints";

    private final Outgoing outgoing;
    private final Shells shells;

    OutgoingPages(Outgoing outgoing, Shells shells) {
        this.outgoing = outgoing;
        this.shells = shells;
    }

    /**
     * {@code interop/endpoints}; posts {@code url} and {@code kinds} to {@code /admin/endpoints}.
     *
     * @param kinds all there are
     * @param secret a new address's, seen this once; empty when there is none
     */
    public record EndpointsView(
            List<Endpoint> endpoints, List<String> kinds, Form form, String secret) {}

    /**
     * {@code interop/endpoint}; posts to {@code …/enable}, {@code …/remove} and {@code
     * …/deliveries/{id}/again}.
     */
    public record EndpointView(Endpoint endpoint, List<SentLine> sent) {}

    /**
     * What was sent.
     *
     * @param status {@code pending}, {@code delivered} or {@code dead}
     * @param answer the last that was answered; 0 for none yet
     * @param reason why the last try failed; empty where it did not
     * @param before the tries before the last, the oldest first
     */
    public record SentLine(
            UUID id,
            String kind,
            String status,
            int tries,
            Instant at,
            int answer,
            String reason,
            List<Earlier> before) {}

    /** A try; its reason is empty where it went well. */
    public record Earlier(Instant at, String reason) {}

    @GetMapping(AT)
    @Allowed(Who.ADMIN)
    Page list(HttpServletRequest request) {
        return page(Form.empty(), "", request);
    }

    @PostMapping(AT)
    @Allowed(Who.ADMIN)
    Page add(
            @RequestParam(required = false) @Nullable String url,
            @RequestParam(required = false) @Nullable List<String> kinds,
            HttpServletRequest request) {
        try {
            var added = outgoing.add(url, kinds == null ? List.of() : kinds);
            return page(Form.empty(), added.secret(), request);
        } catch (Problem.Invalid e) {
            var form = Form.refused(url == null ? Map.of() : Map.of("url", url), e.errors());
            return page(form, "", request).with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping(AT + "/{endpoint}")
    @Allowed(Who.ADMIN)
    Page one(@PathVariable UUID endpoint, HttpServletRequest request) {
        var it = outgoing.one(endpoint);
        var sent = outgoing.sent(endpoint).stream().map(OutgoingPages::line).toList();
        return Page.of(
                "interop/endpoint",
                shells.personal(request, say("interop.hooks.title"), "school"),
                new EndpointView(it, sent));
    }

    @PostMapping(AT + "/{endpoint}/enable")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> enable(@PathVariable UUID endpoint) {
        outgoing.enable(endpoint);
        return to(AT + "/" + endpoint);
    }

    @PostMapping(AT + "/{endpoint}/remove")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> remove(@PathVariable UUID endpoint) {
        outgoing.remove(endpoint);
        return to(AT);
    }

    @PostMapping(AT + "/{endpoint}/deliveries/{delivery}/again")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> again(@PathVariable UUID endpoint, @PathVariable UUID delivery) {
        outgoing.again(endpoint, delivery);
        return to(AT + "/" + endpoint);
    }

    private static ResponseEntity<Void> to(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }

    private Page page(Form form, String secret, HttpServletRequest request) {
        var lines = outgoing.list();
        return Page.of(
                "interop/endpoints",
                shells.personal(request, say("interop.hooks.title"), "school"),
                new EndpointsView(lines, OutgoingKind.words(), form, secret));
    }

    private static SentLine line(Outgoing.Sent it) {
        var tries = it.history();
        var last = tries.isEmpty() ? null : tries.getLast();
        var before = tries.subList(0, Math.max(0, tries.size() - 1));
        return new SentLine(
                it.id(),
                it.kind(),
                it.status(),
                it.tries(),
                it.at(),
                last == null ? 0 : last.status(),
                last == null ? "" : last.reason(),
                before.stream().map(one -> new Earlier(one.at(), one.reason())).toList());
    }
}
