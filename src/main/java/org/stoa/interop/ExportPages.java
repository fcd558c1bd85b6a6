package org.stoa.interop;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.stoa.tenancy.Caller;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a school's administrators take it out as a whole. */
@Controller
public class ExportPages {
    private final ExportApi api;
    private final Shells shells;

    ExportPages(ExportApi api, Shells shells) {
        this.api = api;
        this.shells = shells;
    }

    /**
     * {@code interop/export}; the zip is at {@code /admin/export/school.zip}.
     *
     * @param file what the zip will be called
     */
    public record ExportView(String file) {}

    @GetMapping("/admin/export")
    @Allowed(Who.ADMIN)
    Page page(HttpServletRequest request) {
        return Page.of(
                "interop/export",
                shells.personal(request, say("interop.title"), "school"),
                new ExportView(Caller.current().school().subdomain() + ".zip"));
    }

    @GetMapping("/admin/export/school.zip")
    @Allowed(Who.ADMIN)
    void download(HttpServletRequest request, HttpServletResponse response) throws IOException {
        api.export(request, response);
    }
}
