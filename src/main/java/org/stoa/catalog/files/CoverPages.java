package org.stoa.catalog.files;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.stoa.catalog.people.StaffWho;
import org.stoa.media.Uploads;
import org.stoa.media.WebPicture;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a course gets its cover. */
@Controller
public class CoverPages {
    private final CourseFiles files;
    private final Shells shells;

    CoverPages(CourseFiles files, Shells shells) {
        this.files = files;
        this.shells = shells;
    }

    /**
     * {@code studio/cover}; posts the picture as {@code file} to {@code /studio/{course}/cover},
     * and nothing to {@code …/cover/remove}.
     *
     * @param picture null for the drawn cover
     * @param form its field {@code file} says what was wrong with the last one
     * @param largest how many bytes it may have
     */
    public record CoverView(
            String slug, String title, @Nullable WebPicture picture, Form form, long largest) {}

    @GetMapping("/studio/{course}/cover")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Page cover(@PathVariable String course, HttpServletRequest request) {
        return page(course, Form.empty(), request);
    }

    @PostMapping("/studio/{course}/cover")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Object choose(
            @PathVariable String course,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            HttpServletRequest request)
            throws IOException {
        try {
            if (file == null || file.isEmpty()) {
                throw new Problem.Invalid("file", say("media.choosePicture"));
            }
            files.cover(course, added(course, file).path());
            return seeOther(course);
        } catch (Problem.Invalid wrong) {
            return refused(course, wrong.errors(), request);
        } catch (Uploads.Refused e) {
            var error = new FieldError("file", String.valueOf(e.getMessage()));
            return refused(course, List.of(error), request);
        }
    }

    @PostMapping("/studio/{course}/cover/remove")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Object remove(@PathVariable String course) {
        files.cover(course, "");
        return seeOther(course);
    }

    private CourseFile added(String course, MultipartFile file) throws IOException {
        var name = Optional.ofNullable(file.getOriginalFilename()).orElse("");
        try (var content = file.getInputStream()) {
            return files.addPicture(
                    course, name.isBlank() ? "cover" : name, file.getSize(), content);
        }
    }

    private Page refused(String course, List<FieldError> errors, HttpServletRequest request) {
        return page(course, Form.refused(Map.of(), errors), request)
                .with(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Page page(String course, Form form, HttpServletRequest request) {
        var present = files.coverOf(course);
        var picture = present.file().map(it -> it.media().picture(it.name())).orElse(null);
        return Page.of(
                "studio/cover",
                shells.personal(request, say("studio.cover"), "studio"),
                new CoverView(course, present.title(), picture, form, files.largest()));
    }

    private static ResponseEntity<Void> seeOther(String course) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/studio/" + course + "/cover"))
                .build();
    }
}
