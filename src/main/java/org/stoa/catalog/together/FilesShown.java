package org.stoa.catalog.together;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.Links;
import org.stoa.catalog.markdown.Markdown;

/** Finds the files that a text shows or links to, as its page would. */
final class FilesShown implements Links {
    private static final Markdown MARKDOWN = new Markdown();

    private final Set<String> paths = new LinkedHashSet<>();

    private FilesShown() {}

    /** Their paths; a text that names none is not looked through. */
    static Set<String> in(String markdown) {
        if (!markdown.contains("file:")) {
            return Set.of();
        }
        var shown = new FilesShown();
        MARKDOWN.render(markdown, shown);
        return shown.paths;
    }

    @Override
    public @Nullable String lesson(String key) {
        return null;
    }

    @Override
    public @Nullable FileTarget file(String path) {
        paths.add(path);
        return FileTarget.at("/");
    }
}
