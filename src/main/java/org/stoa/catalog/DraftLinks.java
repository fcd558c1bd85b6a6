package org.stoa.catalog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.Links;

/** Where a draft's own links lead once it is published. */
final class DraftLinks implements Links {
    private final Draft draft;
    private final MediaFiles media;
    private final UUID school;
    private final Map<String, PictureSize> sizes = new HashMap<>();

    DraftLinks(Draft draft, MediaFiles media, UUID school) {
        this.draft = draft;
        this.media = media;
        this.school = school;
    }

    @Override
    public @Nullable String lesson(String key) {
        return draft.lesson(key)
                .map(lesson -> "/learn/" + draft.slug() + "/" + lesson.slug())
                .orElse(null);
    }

    @Override
    public @Nullable FileTarget file(String path) {
        return draft.file(path).map(this::target).orElse(null);
    }

    private FileTarget target(Draft.File file) {
        var size =
                sizes.computeIfAbsent(
                        file.sha256(),
                        sha256 -> PictureSize.of(media.path(school, sha256), file.mediaType()));
        return new FileTarget(
                "/media/" + file.sha256() + "/" + encoded(file.name()),
                size.width(),
                size.height());
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
