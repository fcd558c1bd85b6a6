package org.stoa.inbox;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.ProblemWriter;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The address that senders call. */
@RestController
class InboxWebhook {
    private static final Logger log = LoggerFactory.getLogger(InboxWebhook.class);
    private static final String JSON = "application/json";

    private final Inbox inbox;
    private final ProblemWriter problems;

    InboxWebhook(Inbox inbox, ProblemWriter problems) {
        this.inbox = inbox;
        this.problems = problems;
    }

    /** {@code 200} once it is stored, however often; {@code 503} when it cannot be just now. */
    @PostMapping("/api/webhooks/{source}")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    @Nullable ResponseEntity<Map<String, Object>> receive(
            @PathVariable String source, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var school = Caller.current().organization();
        try {
            var known =
                    inbox.source(source, school)
                            .orElseThrow(() -> new Problem.NotFound(say("problem.nothingHere")));
            if (!json(request.getContentType())) {
                var wrong = HttpStatus.UNSUPPORTED_MEDIA_TYPE;
                problems.write(request, response, wrong, say("problem.mediaType"));
                return null;
            }
            // Read as it lies: whatever else would read it first makes parameters of a form.
            var body = request.getInputStream().readAllBytes();
            var receipt = inbox.receive(known, new Delivery(school, body, headers(request)));
            return ResponseEntity.ok(
                    Map.of(
                            "event", receipt.event(),
                            "first", receipt.first(),
                            "status", receipt.status().word()));
        } catch (Forged e) {
            log.warn("A webhook to {} was refused: {}", source, e.getMessage());
            problems.write(request, response, HttpStatus.BAD_REQUEST, say("problem.forged"));
        } catch (DataAccessException | TransactionException e) {
            log.warn("A webhook to {} could not be stored: {}", source, e.getMessage());
            problems.away(request, response);
        }
        return null;
    }

    private static boolean json(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(JSON);
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        var headers = new HashMap<String, List<String>>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .addAll(Collections.list(request.getHeaders(name)));
        }
        return headers;
    }
}
