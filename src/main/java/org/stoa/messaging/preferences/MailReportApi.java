package org.stoa.messaging.preferences;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.shared.Problem;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What a mail provider says became of mail. */
@RestController
@Tag(name = "Platform")
class MailReportApi {
    private static final Pattern NAME =
            Pattern.compile(
                    "<?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:@[^>\\s]*)?>?");
    private static final int LONGEST_REASON = 1_000;

    private final Preferences preferences;

    MailReportApi(Preferences preferences) {
        this.preferences = preferences;
    }

    record MailReportBody(
            @Nullable String messageId, @Nullable String trouble, @Nullable String reason) {}

    @PostMapping("/api/v1/platform/mail-reports")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    @Operation(
            operationId = "reportMail",
            summary = "Say that a mail came back",
            description =
                    "For what hears a mail provider's bounces and complaints: the mail by its"
                            + " `Message-ID`, and `bounced` or `complained`. From then on the school"
                            + " sends to this address only what somebody needs to come in.")
    @ApiResponse(responseCode = "204", description = "Noted")
    ResponseEntity<Void> report(@RequestBody MailReportBody body) {
        var name = NAME.matcher(body.messageId() == null ? "" : body.messageId());
        if (!name.matches()) {
            throw new Problem.Invalid("messageId", say("mail.report.messageId"));
        }
        var trouble = body.trouble() == null ? "" : body.trouble();
        if (!trouble.equals("bounced") && !trouble.equals("complained")) {
            throw new Problem.Invalid("trouble", say("mail.report.trouble"));
        }
        var reason = body.reason() == null ? "" : body.reason().replaceAll("\\p{Cntrl}", " ");
        var words =
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        preferences.report(UUID.fromString(name.group(1)), trouble, words);
        return ResponseEntity.noContent().build();
    }
}
