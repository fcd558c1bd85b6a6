package org.stoa.catalog;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.stoa.catalog.CourseImports.Imported;
import org.stoa.catalog.people.StaffWho;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where teachers see their courses, bring them in and take them out. */
@Controller
public class StudioPages {
    private final Courses courses;
    private final CourseImports imports;
    private final CourseExports exports;
    private final Shells shells;

    StudioPages(Courses courses, CourseImports imports, CourseExports exports, Shells shells) {
        this.courses = courses;
        this.imports = imports;
        this.exports = exports;
        this.shells = shells;
    }

    /**
     * {@code catalog/studio}.
     *
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record StudioView(List<CourseLine> courses, String notice) {}

    /**
     * {@code catalog/import}; posts the zip as {@code file} to {@code /studio/import}.
     *
     * @param form its field {@code file} says what was wrong with the last one
     * @param mostBytes the largest upload that is taken
     */
    public record ImportView(Form form, long mostBytes) {}

    /**
     * {@code catalog/imported}: what came in and what could not be carried over.
     *
     * @param lessons how many there are now
     * @param renewed whether the draft was there already
     */
    public record ImportedView(
            String slug,
            String title,
            int modules,
            int lessons,
            boolean renewed,
            List<Finding> report) {}

    /**
     * Something an import could not carry over or had to guess.
     *
     * @param line from 1, or 0 where the whole file is meant
     */
    public record Finding(String file, int line, String message) {}

    @GetMapping("/studio")
    @Allowed(Who.TEACHER)
    Page studio(HttpServletRequest request) {
        return Page.of(
                "catalog/studio",
                shells.personal(request, say("page.studio"), "studio"),
                new StudioView(courses.mine(), ""));
    }

    @GetMapping("/studio/import")
    @Allowed(Who.TEACHER)
    Page importForm(HttpServletRequest request) {
        return importForm(request, Form.empty());
    }

    @PostMapping("/studio/import")
    @Allowed(Who.TEACHER)
    Page bring(
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            HttpServletRequest request)
            throws IOException {
        try {
            if (file == null || file.isEmpty()) {
                throw new Problem.Invalid("file", say("studio.import.choose"));
            }
            return imported(request, bring(file));
        } catch (Problem.Invalid wrong) {
            return refused(request, wrong.errors());
        } catch (Problem.Forbidden another) {
            return refused(
                    request, List.of(new FieldError("file", String.valueOf(another.getMessage()))));
        }
    }

    @GetMapping("/studio/{course}/export")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    void export(@PathVariable String course, HttpServletResponse response) throws IOException {
        send(exports, course, response);
    }

    /** Nothing is sent until the course is found. */
    static void send(CourseExports exports, String slug, HttpServletResponse response)
            throws IOException {
        exports.source(slug);
        response.setContentType("application/zip");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + slug + ".zip\"");
        exports.zip(slug, response.getOutputStream());
    }

    private Imported bring(MultipartFile file) throws IOException {
        var name = file.getOriginalFilename();
        Path zip = Files.createTempFile("stoa-import-", ".zip");
        try {
            file.transferTo(zip);
            return imports.bring(zip, name == null ? "" : name);
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private Page imported(HttpServletRequest request, Imported imported) {
        var draft = found(imported.slug());
        var report =
                imported.report().stream()
                        .map(it ->
                                new Finding(
                                        it.file(), it.line() == null ? 0 : it.line(), it.message()))
                        .toList();
        return Page.of(
                "catalog/imported",
                shells.personal(request, imported.title(), "studio"),
                new ImportedView(
                        imported.slug(),
                        imported.title(),
                        draft.modules().size(),
                        draft.lessons().size(),
                        !imported.created(),
                        report));
    }

    private Page importForm(HttpServletRequest request, Form form) {
        return Page.of(
                "catalog/import",
                shells.personal(request, say("studio.import"), "studio"),
                new ImportView(form, CourseImportApi.MOST_BYTES));
    }

    private Page refused(HttpServletRequest request, List<FieldError> errors) {
        return importForm(request, Form.refused(Map.of(), errors))
                .with(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Draft found(String slug) {
        return courses.draft(slug)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
    }
}
