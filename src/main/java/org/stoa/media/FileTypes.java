package org.stoa.media;

import java.util.Locale;
import java.util.Map;

/** Media types by a file's ending, for what the bytes do not say. */
final class FileTypes {
    static final String UNKNOWN = "application/octet-stream";
    static final String SVG = "image/svg+xml";

    private static final Map<String, String> BY_ENDING =
            Map.ofEntries(
                    Map.entry("svg", SVG),
                    Map.entry("pdf", "application/pdf"),
                    Map.entry("zip", "application/zip"),
                    Map.entry("json", "application/json"),
                    Map.entry("csv", "text/csv"),
                    Map.entry("md", "text/markdown"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("m4a", "audio/mp4"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("mp4", "video/mp4"),
                    Map.entry("webm", "video/webm"),
                    Map.entry("vtt", "text/vtt"),
                    Map.entry("html", "text/html"),
                    Map.entry("htm", "text/html"),
                    Map.entry("ipynb", "application/x-ipynb+json"),
                    Map.entry(
                            "docx",
                            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
                    Map.entry(
                            "xlsx",
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                    Map.entry(
                            "pptx",
                            "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
                    Map.entry("txt", "text/plain"));

    private FileTypes() {}

    static String of(String name) {
        return BY_ENDING.getOrDefault(ending(name), UNKNOWN);
    }

    static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Whether a browser may show it; anything else is saved. */
    static boolean shown(String type) {
        return type.startsWith("image/")
                || type.startsWith("video/")
                || type.startsWith("audio/")
                || type.equals("application/pdf")
                || type.equals("text/plain");
    }
}
