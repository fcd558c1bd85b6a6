package org.stoa.identity.imports;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.stoa.identity.VisitPages;
import org.stoa.identity.imports.MemberImports.Outcome;
import org.stoa.identity.imports.MemberImports.Report;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where administrators bring a list of people in: first a look, then all of it or nothing. */
@Controller
public class MemberImportPages {
    private static final int MOST_SHOWN = 500;

    private final MemberImports imports;
    private final Hosts hosts;
    private final Shells shells;

    MemberImportPages(MemberImports imports, Hosts hosts, Shells shells) {
        this.imports = imports;
        this.hosts = hosts;
        this.shells = shells;
    }

    /**
     * {@code identity/memberimport}; posts the CSV as {@code file} to {@code
     * /admin/members/import/look}, and then the same text as {@code list} to {@code
     * /admin/members/import}.
     *
     * @param form its field {@code file} says what was wrong with the last one
     * @param report what would come of the list; null before one was chosen
     */
    public record MemberImportView(Form form, @Nullable ReportView report) {}

    /**
     * What would come of a list.
     *
     * @param list its text, to be sent again; empty where it cannot be brought in
     * @param wrong lines that stand in its way, the first of them where there are very many
     * @param lines the others, the first of them where there are very many
     */
    public record ReportView(
            String encoding,
            int added,
            int here,
            int faults,
            List<LineView> wrong,
            List<LineView> lines,
            String list) {
        public int all() {
            return added + here + faults;
        }
    }

    /** A line of the list. */
    public record LineView(int line, String name, String email, String role, String words) {}

    @GetMapping("/admin/members/import")
    @Allowed(Who.ADMIN)
    Page form(HttpServletRequest request) {
        return page(Form.empty(), null, request);
    }

    @PostMapping("/admin/members/import/look")
    @Allowed(Who.ADMIN)
    Page look(
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            HttpServletRequest request)
            throws IOException {
        try {
            if (file == null || file.isEmpty()) {
                throw new Problem.Invalid("file", say("identity.csv.choose"));
            }
            if (file.getSize() > MemberList.MOST_BYTES) {
                throw MemberList.tooLarge();
            }
            var bytes = file.getBytes();
            var report = imports.look(bytes);
            var text = report.sound() ? CsvText.read(bytes).text() : "";
            return page(Form.empty(), view(report, text), request)
                    .with(report.sound() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Problem.Invalid wrong) {
            return refused(wrong, request);
        }
    }

    @PostMapping("/admin/members/import")
    @Allowed(Who.ADMIN)
    @Nullable Page bring(
            @RequestParam(defaultValue = "") String list,
            HttpServletRequest request,
            HttpServletResponse response) {
        var bytes = list.getBytes(StandardCharsets.UTF_8);
        try {
            imports.bring(bytes);
        } catch (Problem.Invalid wrong) {
            // The school has changed since the look, or somebody sent a list without one.
            if (wrong.errors().getFirst().field().equals("file")) {
                return refused(wrong, request);
            }
            return page(Form.empty(), view(imports.look(bytes), ""), request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        VisitPages.seeOther(response, "/admin/members?done=imported");
        return null;
    }

    /** A file for a spreadsheet: who was brought in, and the link to hand to each. */
    @PostMapping("/admin/members/links")
    @Allowed(Who.ADMIN)
    void links(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var site =
                hosts.address(
                        Caller.current().school(), request.getScheme(), request.getServerPort());
        var csv = new StringBuilder(Csv.line(List.of("name", "email", "role", "link")));
        for (var it : imports.links()) {
            var link = site + "/invited/" + it.token();
            csv.append(Csv.line(List.of(it.name(), it.email(), it.role(), link)));
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"links.csv\"");
        response.getOutputStream().write(csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Page refused(Problem.Invalid wrong, HttpServletRequest request) {
        return page(Form.refused(Map.of(), wrong.errors()), null, request)
                .with(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Page page(Form form, @Nullable ReportView report, HttpServletRequest request) {
        return Page.of(
                "identity/memberimport",
                shells.personal(request, say("identity.import.title"), "admin"),
                new MemberImportView(form, report));
    }

    private static ReportView view(Report report, String text) {
        return new ReportView(
                report.encoding(),
                report.count(Outcome.ADDED),
                report.count(Outcome.HERE_ALREADY),
                report.count(Outcome.WRONG),
                lines(report, true),
                lines(report, false),
                text);
    }

    private static List<LineView> lines(Report report, boolean wrong) {
        return report.lines().stream()
                .filter(it -> wrong == (it.outcome() == Outcome.WRONG))
                .limit(MOST_SHOWN)
                .map(it -> new LineView(it.line(), it.name(), it.email(), it.role(), it.words()))
                .toList();
    }
}
