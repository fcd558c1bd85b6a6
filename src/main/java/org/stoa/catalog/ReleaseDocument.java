package org.stoa.catalog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.media.WebPicture;

/**
 * What a release says of its course, as it is kept in {@code course_releases.document}. Fields are
 * only ever added: old documents stay readable.
 *
 * @param language BCP 47 tag
 * @param outcomes what a learner will be able to do, a phrase each
 * @param audience for whom the course is; empty where nobody says, and in releases from before
 * @param teachers names of those who led it when it was published
 * @param cover the picture in the place of the drawn cover; null for the drawn one
 */
public record ReleaseDocument(
        String title,
        String summary,
        String category,
        List<String> tags,
        String level,
        String language,
        List<String> outcomes,
        String audience,
        List<String> teachers,
        List<ReleaseModule> modules,
        @Nullable WebPicture cover) {
    public ReleaseDocument {
        audience = audience == null ? "" : audience;
        teachers = teachers == null ? List.of() : teachers;
    }

    /** What a release of this draft would say. */
    static ReleaseDocument of(Draft draft, @Nullable WebPicture cover) {
        var modules = new ArrayList<ReleaseModule>();
        int index = 0;
        for (var module : draft.modules()) {
            if (module.lessons().isEmpty()) {
                continue;
            }
            var lessons = new ArrayList<ReleaseLesson>();
            for (var lesson : module.lessons()) {
                var number = (modules.size() + 1) + "." + (lessons.size() + 1);
                lessons.add(
                        new ReleaseLesson(
                                lesson.id(),
                                lesson.slug(),
                                lesson.title(),
                                lesson.minutes(),
                                number,
                                index++,
                                modules.size(),
                                lesson.rules()));
            }
            modules.add(new ReleaseModule(module.title(), lessons));
        }
        return new ReleaseDocument(
                draft.title(),
                draft.summary(),
                draft.category(),
                draft.tags(),
                draft.level(),
                draft.language(),
                draft.outcomes(),
                draft.audience(),
                draft.teachers(),
                modules,
                cover);
    }
}
