package org.stoa.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
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
     * {@code identity/settings}; posts {@code name} to {@code /admin/school}.
     *
     * @param address of the school, which stays
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record SettingsView(Form form, String address, String notice) {}

    @GetMapping("/admin/school")
    @Allowed(Who.ADMIN)
    Page settings(@RequestParam(defaultValue = "") String done, HttpServletRequest request) {
        var name = Caller.current().school().name();
        var notice = done.equals("saved") ? "The school has its new name." : "";
        return page(Form.filled(Map.of("name", name)), notice, request);
    }

    @PostMapping("/admin/school")
    @Allowed(Who.ADMIN)
    @Nullable Page rename(
            @RequestParam(defaultValue = "") String name,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            schools.rename(name);
        } catch (Problem.Invalid e) {
            return page(Form.refused(Map.of("name", name), e.errors()), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        VisitPages.seeOther(response, "/admin/school?done=saved");
        return null;
    }

    private Page page(Form form, String notice, HttpServletRequest request) {
        var school = Caller.current().school();
        var address = hosts.address(school, request.getScheme(), request.getServerPort());
        return Page.of(
                "identity/settings",
                shells.personal(request, "The school", "school"),
                new SettingsView(form, address, notice));
    }
}
