package org.stoa.catalog;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.springframework.web.multipart.MultipartFile;
import org.stoa.catalog.CourseImports.Imported;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where teachers bring in, look over and publish their courses. */
@Controller
public class StudioPages {
    private static final String NUMBER = "[0-9]{1,6}";

    private final Courses courses;
    private final CourseImports imports;
    private final CourseExports exports;
    private final Releases releases;
    private final Shells shells;

    StudioPages(
            Courses courses,
            CourseImports imports,
            CourseExports exports,
            Releases releases,
            Shells shells) {
        this.courses = courses;
        this.imports = imports;
        this.exports = exports;
        this.releases = releases;
        this.shells = shells;
    }

    /**
     * {@code catalog/studio}.
     *
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record StudioView(List<StudioCourse> courses, String notice) {}

    /**
     * A course as its teachers see it.
     *
     * @param release number of the current release, 0 for none
     * @param changed whether the draft differs from the release
     */
    public record StudioCourse(
            String slug,
            String title,
            int lessons,
            int release,
            boolean changed,
            Instant updatedAt) {}

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

    /**
     * {@code catalog/draft}; publishing posts {@code note} to {@code /studio/{course}/releases},
     * the export is at {@code GET /studio/{course}/export}.
     *
     * @param releases the newest first
     * @param changed whether the draft differs from the current release
     * @param form holds the {@code note} of a release that was refused
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record DraftView(
            String slug,
            String title,
            String summary,
            String category,
            String level,
            List<String> tags,
            List<CatalogPages.Module> modules,
            List<Release> releases,
            boolean changed,
            Form form,
            String notice) {
        /** The number that the next release will have. */
        public int nextRelease() {
            return releases.isEmpty() ? 1 : releases.getFirst().number() + 1;
        }
    }

    /** A release in the list of them. */
    public record Release(int number, Instant publishedAt, String publishedBy, String note) {}

    @GetMapping("/studio")
    @Allowed(Who.TEACHER)
    Page studio(HttpServletRequest request) {
        var lines =
                courses.mine().stream()
                        .map(it ->
                                new StudioCourse(
                                        it.slug(),
                                        it.title(),
                                        it.lessons(),
                                        it.release(),
                                        it.changed(),
                                        it.updatedAt()))
                        .toList();
        return Page.of(
                "catalog/studio",
                shells.personal(request, "Studio", "studio"),
                new StudioView(lines, ""));
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
                throw new Problem.Invalid("file", "Choose the zip of a course.");
            }
            return imported(request, bring(file));
        } catch (Problem.Invalid wrong) {
            return refused(request, wrong.errors());
        } catch (Problem.Forbidden another) {
            return refused(
                    request, List.of(new FieldError("file", String.valueOf(another.getMessage()))));
        }
    }

    @GetMapping("/studio/{course}")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
    Page draft(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String published,
            @RequestParam(defaultValue = "") String unchanged,
            HttpServletRequest request) {
        var notice = "";
        if (published.matches(NUMBER)) {
            notice = "Release " + published + " is published.";
        } else if (unchanged.matches(NUMBER)) {
            notice = "Nothing has changed since release " + unchanged + ", so that one stands.";
        }
        return draft(found(course), Form.empty(), notice, request);
    }

    @PostMapping("/studio/{course}/releases")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
    Object publish(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request) {
        try {
            var release = releases.publish(course, note.strip());
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(
                            URI.create(
                                    "/studio/"
                                            + course
                                            + (release.standing() ? "?unchanged=" : "?published=")
                                            + release.number()))
                    .build();
        } catch (Problem.Invalid wrong) {
            var form = Form.refused(Map.of("note", note), wrong.errors());
            return draft(found(course), form, "", request).with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/studio/{course}/export")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
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
                shells.personal(request, "Bring in a course", "studio"),
                new ImportView(form, CourseImportApi.MOST_BYTES));
    }

    private Page refused(HttpServletRequest request, List<FieldError> errors) {
        return importForm(request, Form.refused(Map.of(), errors))
                .with(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Draft found(String slug) {
        return courses.draft(slug)
                .orElseThrow(() -> new Problem.NotFound("There is no such course."));
    }

    private Page draft(Draft draft, Form form, String notice, HttpServletRequest request) {
        return Page.of(
                "catalog/draft",
                shells.personal(request, draft.title(), "studio"),
                view(draft, form, notice));
    }

    private DraftView view(Draft draft, Form form, String notice) {
        var published =
                releases.of(draft).stream()
                        .map(it ->
                                new Release(
                                        it.number(),
                                        it.publishedAt(),
                                        it.by() == null ? "the school" : it.by(),
                                        it.note()))
                        .toList();
        boolean changed =
                published.isEmpty()
                        || draft.updatedAt().isAfter(published.getFirst().publishedAt());
        return new DraftView(
                draft.slug(),
                draft.title(),
                draft.summary(),
                draft.category(),
                draft.level(),
                draft.tags(),
                draft.modules().stream().map(StudioPages::module).toList(),
                published,
                changed,
                form,
                notice);
    }

    private static CatalogPages.Module module(Draft.Module module) {
        return new CatalogPages.Module(
                module.title(),
                module.lessons().stream()
                        .map(it ->
                                new CatalogPages.Lesson(
                                        it.id(), it.slug(), it.title(), it.minutes()))
                        .toList());
    }
}
