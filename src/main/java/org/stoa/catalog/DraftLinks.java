package org.stoa.catalog;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.Links;
import org.stoa.media.WebPicture;

/** Where a draft's own links lead once it is published. */
final class DraftLinks implements Links {
    private final Draft draft;
    private final Set<String> used = new HashSet<>();

    DraftLinks(Draft draft) {
        this.draft = draft;
    }

    @Override
    public String language() {
        return draft.language();
    }

    @Override
    public @Nullable String lesson(String key) {
        return draft.lesson(key)
                .map(lesson -> "/learn/" + draft.slug() + "/" + lesson.slug())
                .orElse(null);
    }

    @Override
    public @Nullable FileTarget file(String path) {
        var file = draft.file(path).orElse(null);
        if (file == null) {
            return null;
        }
        used.add(file.sha256());
        return new FileTarget(file.media().alone(file.name()), file.media().picture(file.name()));
    }

    /** One of the course's pictures, by path; null where there is none of this path. */
    @Nullable WebPicture picture(String path) {
        var target = file(path);
        return target == null ? null : target.picture();
    }

    /** The files that were asked for, by SHA-256. */
    Set<String> used() {
        return Set.copyOf(used);
    }
}
