package org.stoa.identity;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Accent;
import org.stoa.shared.Colour;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.tenancy.Organization;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What the school's administrators settle about it. */
@Controller
public class SettingsPages {
    private final Schools schools;
    private final Hosts hosts;
    private final Shells shells;

    SettingsPages(Schools schools, Hosts hosts, Shells shells) {
        this.schools = schools;
        this.hosts = hosts;
        this.shells = shells;
    }

    /**
     * {@code identity/settings}; posts {@code name}, {@code language}, {@code timeZone}, {@code
     * colour} ({@code stoa} or {@code school}), and for the latter {@code accent}, which was
     * picked, and {@code typed}, which counts more, to {@code /admin/school}.
     *
     * @param address of the school, which stays
     * @param accent the school's colour, empty for Stoa's own
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record SettingsView(
            Form form, String address, List<String> zones, String accent, String notice) {}

    // Where people live; the rest are other names for these, and machines' clocks.
    private static final Pattern PLACES =
            Pattern.compile(
                    "(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+|UTC");
    private static final List<String> ZONES =
            ZoneId.getAvailableZoneIds().stream()
                    .filter(it -> PLACES.matcher(it).matches())
                    .sorted()
                    .toList();

    /** The address that people try first. */
    @GetMapping("/admin")
    @Allowed(Who.ADMIN)
    void admin(HttpServletResponse response) {
        VisitPages.seeOther(response, "/admin/school");
    }

    @GetMapping("/admin/school")
    @Allowed(Who.ADMIN)
    Page settings(@RequestParam(defaultValue = "") String done, HttpServletRequest request) {
        var school = Caller.current().school();
        var notice = done.equals("saved") ? say("identity.school.saved") : "";
        return page(
                values(
                        school.name(),
                        school.language(),
                        school.timeZone().getId(),
                        Choice.of(school)),
                List.of(),
                notice,
                request);
    }

    @PostMapping("/admin/school")
    @Allowed(Who.ADMIN)
    @Nullable Page settle(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String timeZone,
            @RequestParam(defaultValue = "") String colour,
            @RequestParam(defaultValue = "") String accent,
            @RequestParam(defaultValue = "") String typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        var school = Caller.current().school();
        var tag = language == null ? school.language() : language;
        var zone = timeZone == null ? school.timeZone().getId() : timeZone.strip();
        var choice = colour.isEmpty() ? Choice.of(school) : new Choice(colour, accent, typed);
        try {
            schools.settle(name, tag, zone, choice.accent());
        } catch (Problem.Invalid e) {
            return page(values(name, tag, zone, choice), e.errors(), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        VisitPages.seeOther(response, "/admin/school?done=saved");
        return null;
    }

    /**
     * What a form says of the colour.
     *
     * @param whose {@code stoa} or {@code school}
     * @param picked by an input that is never without a colour
     */
    private record Choice(String whose, String picked, String typed) {
        static Choice of(Organization school) {
            var accent = school.accent();
            return accent == null ? new Choice("stoa", "", "") : new Choice("school", accent, "");
        }

        /** Null for Stoa's own. */
        @Nullable String accent() {
            var one = typed.isBlank() ? picked : typed;
            return whose.equals("school") ? one.strip() : null;
        }

        Colour shown() {
            return Colour.written(picked) ? Colour.of(picked) : Accent.STOAS_OWN;
        }
    }

    private static Map<String, String> values(
            String name, String language, String zone, Choice choice) {
        return Map.of(
                "name",
                name,
                "language",
                language,
                "timeZone",
                zone,
                "colour",
                choice.whose(),
                "picked",
                choice.shown().toString(),
                "typed",
                choice.typed());
    }

    private Page page(
            Map<String, String> values,
            List<FieldError> errors,
            String notice,
            HttpServletRequest request) {
        var form = errors.isEmpty() ? Form.filled(values) : Form.refused(values, errors);
        var school = Caller.current().school();
        var address = hosts.address(school, request.getScheme(), request.getServerPort());
        var accent = school.accent();
        return Page.of(
                "identity/settings",
                shells.personal(request, say("page.school"), "school"),
                new SettingsView(form, address, ZONES, accent == null ? "" : accent, notice));
    }
}
