package org.stoa.messaging.preferences;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.identity.VisitPages;
import org.stoa.messaging.MailKind;
import org.stoa.shared.Problem;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where people say what they want to be told. */
@Controller
public class PreferencePages {
    private static final List<String> ZONES =
            ZoneId.getAvailableZoneIds().stream()
                    .filter(it ->
                            it.matches(
                                    "(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+|UTC"))
                    .sorted()
                    .toList();

    private final Preferences preferences;
    private final Shells shells;

    PreferencePages(Preferences preferences, Shells shells) {
        this.preferences = preferences;
        this.shells = shells;
    }

    /**
     * {@code messaging/preferences}; posts {@code wanted} (one for each kind), {@code from}, {@code
     * until} and {@code timeZone} to {@code /account/messages}.
     *
     * @param kinds those that one may do without
     */
    public record PreferencesView(
            List<String> kinds,
            Set<String> unwanted,
            List<String> hours,
            List<String> zones,
            Form form,
            String notice) {}

    /** {@code messaging/unsubscribe}; posts to {@code here}. */
    public record EndingView(String kind, String here, boolean done) {}

    @GetMapping("/account/messages")
    @Allowed(Who.MEMBER)
    Page preferences(@RequestParam(defaultValue = "") String done, HttpServletRequest request) {
        var known = preferences.mine();
        var own = known.own();
        var form =
                Form.filled(
                        Map.of(
                                "from", own == null ? "" : String.valueOf(own.from()),
                                "until", own == null ? "" : String.valueOf(own.until()),
                                "timeZone", known.zone()));
        return page(
                known.unwanted(),
                form,
                done.isEmpty() ? "" : say("mail.preferences.saved"),
                request);
    }

    @PostMapping("/account/messages")
    @Allowed(Who.MEMBER)
    @Nullable Page keep(
            @RequestParam(required = false) @Nullable List<String> wanted,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String timeZone,
            HttpServletRequest request,
            HttpServletResponse response) {
        var kinds = wanted == null ? List.<String>of() : wanted;
        try {
            preferences.keep(new Preferences.Chosen(kinds, hours(from, until), timeZone));
        } catch (Problem.Invalid e) {
            var typed = Map.of("from", from, "until", until, "timeZone", timeZone);
            var unwanted = new HashSet<>(Preferences.kinds().stream().map(MailKind::word).toList());
            kinds.forEach(unwanted::remove);
            return page(unwanted, Form.refused(typed, e.errors()), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        VisitPages.seeOther(response, "/account/messages?done=saved");
        return null;
    }

    @GetMapping("/unsubscribe/{token}")
    @Allowed(Who.ANYONE)
    Page look(@PathVariable String token, HttpServletRequest request) {
        return endingPage(preferences.look(token), token, false, request);
    }

    /**
     * Also what a mail program calls by itself when its reader says so (RFC 8058), without cookies
     * and without a form's token: the secret in the address is enough, and there is nothing to be
     * had by it but less mail.
     */
    @PostMapping("/unsubscribe/{token}")
    @Allowed(Who.ANYONE)
    Page end(@PathVariable String token, HttpServletRequest request) {
        return endingPage(preferences.end(token), token, true, request);
    }

    private Page endingPage(MailKind kind, String token, boolean done, HttpServletRequest request) {
        return Page.of(
                "messaging/unsubscribe",
                shells.personal(request, say("mail.ending.title"), ""),
                new EndingView(kind.word(), "/unsubscribe/" + token, done));
    }

    private Page page(Set<String> unwanted, Form form, String notice, HttpServletRequest request) {
        return Page.of(
                "messaging/preferences",
                shells.personal(request, say("mail.preferences"), ""),
                new PreferencesView(
                        Preferences.kinds().stream().map(MailKind::word).toList(),
                        unwanted,
                        IntStream.range(0, 24).mapToObj(String::valueOf).toList(),
                        ZONES,
                        form,
                        notice));
    }

    /**
     * @throws Problem.Invalid when there is one without the other
     */
    private static @Nullable QuietHours hours(String from, String until) {
        if (from.isEmpty() && until.isEmpty()) {
            return null;
        }
        for (var end : List.of(Map.entry("from", from), Map.entry("until", until))) {
            if (hour(end.getValue()) < 0) {
                throw new Problem.Invalid(end.getKey(), say("mail.quiet.both"));
            }
        }
        return new QuietHours(hour(from), hour(until));
    }

    private static int hour(String typed) {
        return typed.matches("[0-9]|1[0-9]|2[0-3]") ? Integer.parseInt(typed) : -1;
    }
}
