package org.stoa.catalog.files;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.stoa.media.MediaFile;

/** What an uploaded file is called in its course: what its author called it, without surprises. */
final class FileNames {
    private static final int LONGEST = 80;
    private static final String FOLDER = "files/";

    private FileNames() {}

    /** A path that nothing in the course has; the ending says what the bytes are. */
    static String path(String called, MediaFile file, Set<String> taken) {
        var name = plain(called);
        int dot = name.lastIndexOf('.');
        var stem = dot > 0 ? name.substring(0, dot) : name;
        var ending = dot > 0 ? name.substring(dot) : "";
        var right = file.ending().map(it -> "." + it).orElse(ending);
        if (right.equals(".jpg") && ending.equals(".jpeg")) {
            right = ending;
        }
        stem = stem.isEmpty() ? "file" : stem.substring(0, Math.min(stem.length(), LONGEST));
        var path = FOLDER + stem + right;
        for (int i = 2; taken.contains(path.toLowerCase(Locale.ROOT)); i++) {
            path = FOLDER + stem + "-" + i + right;
        }
        return path;
    }

    private static String plain(String called) {
        var last =
                called.substring(Math.max(called.lastIndexOf('/'), called.lastIndexOf('\\')) + 1);
        var folded = Normalizer.normalize(last, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        return folded.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("\\.{2,}", ".")
                .replaceAll("-*\\.-*", ".")
                .replaceAll("^[.-]+|[.-]+$", "");
    }
}
