package org.stoa.web;

import java.util.Map;
import java.util.Set;

/** The drawings of Lucide (ISC licence) that the pages use, on a grid of 24. */
public final class Icon {
    private static final Map<String, String> DRAWINGS =
            Map.ofEntries(
                    Map.entry(
                            "search",
                            "<circle cx=\"11\" cy=\"11\" r=\"8\"/><path d=\"m21 21-4.3-4.3\"/>"),
                    Map.entry(
                            "tag",
                            "<path d=\"M12.59 2.59A2 2 0 0 0 11.17 2H4a2 2 0 0 0-2 2v7.17a2 2 0 0 0 .59 1.42l8.7 8.7a2.43 2.43 0 0 0 3.42 0l6.58-6.58a2.43 2.43 0 0 0 0-3.42z\"/><circle cx=\"7.5\" cy=\"7.5\" r=\".5\" fill=\"currentColor\"/>"),
                    path("close", "M18 6 6 18M6 6l12 12"),
                    Map.entry(
                            "mail",
                            "<rect width=\"20\" height=\"16\" x=\"2\" y=\"4\" rx=\"2\"/><path d=\"m22 7-8.97 5.7a1.94 1.94 0 0 1-2.06 0L2 7\"/>"),
                    path(
                            "bell",
                            "M10.27 21a2 2 0 0 0 3.46 0M3.26 15.33A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.67C19.41 13.96 18 12.5 18 8A6 6 0 0 0 6 8c0 4.5-1.41 5.96-2.74 7.33"),
                    path("talk", "M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2z"),
                    path("up", "m18 15-6-6-6 6"),
                    path("heading", "M6 12h12M6 20V4M18 20V4"),
                    path(
                            "bold",
                            "M6 12h9a4 4 0 0 1 0 8H7a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h7a4 4 0 0 1 0 8"),
                    path("italic", "M19 4h-9M14 20H5M15 4 9 20"),
                    path(
                            "link",
                            "M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"),
                    path(
                            "sum",
                            "M18 7V5a1 1 0 0 0-1-1H6.5a.5.5 0 0 0-.4.8l4.5 6a2 2 0 0 1 0 2.4l-4.5 6a.5.5 0 0 0 .4.8H17a1 1 0 0 0 1-1v-2"),
                    path("play", "m6 3 14 9-14 9z"),
                    path(
                            "undo",
                            "M9 14 4 9l5-5M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5 5.5 5.5 0 0 1-5.5 5.5H11"),
                    path(
                            "numbers",
                            "M10 12h11M10 18h11M10 6h11M4 10h2M4 6h1v4M6 18H4c0-1 2-2 2-3s-1-1.5-2-1"),
                    path(
                            "footnote",
                            "m4 19 8-8M12 19l-8-8M20 12h-4c0-1.5.44-2 1.5-2.5S20 8.33 20 7c0-.47-.17-.93-.48-1.29a2.1 2.1 0 0 0-2.62-.44c-.42.24-.74.62-.9 1.06"),
                    Map.entry(
                            "eye",
                            "<path d=\"M2.06 12.35a1 1 0 0 1 0-.7 10.75 10.75 0 0 1 19.88 0 1 1 0 0 1 0 .7 10.75 10.75 0 0 1-19.88 0\"/><circle cx=\"12\" cy=\"12\" r=\"3\"/>"),
                    Map.entry(
                            "phone",
                            "<rect width=\"14\" height=\"20\" x=\"5\" y=\"2\" rx=\"2\"/><path d=\"M12 18h.01\"/>"),
                    path("quote", "M17 6H3M21 12H8M21 18H8M3 12v6"),
                    path("code", "m18 16 4-4-4-4M6 8l-4 4 4 4M14.5 4l-5 16"),
                    Map.entry(
                            "table",
                            "<rect width=\"18\" height=\"18\" x=\"3\" y=\"3\" rx=\"2\"/><path d=\"M3 9h18M3 15h18M12 9v12\"/>"),
                    Map.entry(
                            "grip",
                            "<circle cx=\"9\" cy=\"5\" r=\"1\"/><circle cx=\"9\" cy=\"12\" r=\"1\"/><circle cx=\"9\" cy=\"19\" r=\"1\"/><circle cx=\"15\" cy=\"5\" r=\"1\"/><circle cx=\"15\" cy=\"12\" r=\"1\"/><circle cx=\"15\" cy=\"19\" r=\"1\"/>"),
                    Map.entry(
                            "more",
                            "<circle cx=\"12\" cy=\"12\" r=\"1\"/><circle cx=\"19\" cy=\"12\" r=\"1\"/><circle cx=\"5\" cy=\"12\" r=\"1\"/>"),
                    path("left", "m15 18-6-6 6-6"),
                    path("right", "m9 18 6-6-6-6"),
                    path("down", "m6 9 6 6 6-6"),
                    path("onward", "M5 12h14M12 5l7 7-7 7"),
                    path("check", "M20 6 9 17l-5-5"),
                    Map.entry(
                            "clock",
                            "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M12 6v6l4 2\"/>"),
                    path("list", "M3 12h.01M3 18h.01M3 6h.01M8 12h13M8 18h13M8 6h13"),
                    Map.entry(
                            "picture",
                            "<rect width=\"18\" height=\"18\" x=\"3\" y=\"3\" rx=\"2\"/><circle"
                                    + " cx=\"9\" cy=\"9\" r=\"2\"/><path d=\"m21 15-3.1-3.1a2 2 0 0"
                                    + " 0-2.8 0L6 21\"/>"),
                    path("text", "M17 6.1H3M21 12.1H3M15.1 18H3"),
                    Map.entry(
                            "people",
                            "<circle cx=\"9\" cy=\"7\" r=\"4\"/><path d=\"M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0"
                                    + " 0-4 4v2M22 21v-2a4 4 0 0 0-3-3.87M16 3.13a4 4 0 0 1 0 7.75\"/>"),
                    Map.entry(
                            "award",
                            "<circle cx=\"12\" cy=\"8\" r=\"6\"/><path d=\"m15.5 12.9 1.5 8.5a.5.5 0 0"
                                    + " 1-.8.5l-3.6-2.7a1 1 0 0 0-1.2 0l-3.6 2.7a.5.5 0 0 1-.8-.5l1.5-8.5\"/>"),
                    path("again", "M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5"),
                    Map.entry(
                            "sun",
                            "<circle cx=\"12\" cy=\"12\" r=\"4\"/><path d=\"M12 2v2M12 20v2M4.93"
                                    + " 4.93l1.41 1.41M17.66 17.66l1.41 1.41M2 12h2M20 12h2M6.34 17.66l-1.41"
                                    + " 1.41M19.07 4.93l-1.41 1.41\"/>"),
                    path("moon", "M12 3a6 6 0 0 0 9 9 9 9 0 1 1-9-9Z"),
                    path(
                            "warning",
                            "m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01"),
                    Map.entry(
                            "info",
                            "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M12 16v-4M12 8h.01\"/>"),
                    path(
                            "book",
                            "M12 7v14M3 18a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h5a4 4 0 0 1 4 4 4 4 0 0 1 4-4h5a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-6a3 3 0 0 0-3 3 3 3 0 0 0-3-3z"),
                    path(
                            "upload",
                            "M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M17 8l-5-5-5 5M12 3v12"),
                    path(
                            "download",
                            "M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5M12 15V3"),
                    path(
                            "bin",
                            "M3 6h18M19 6v14c0 1-1 2-2 2H7c-1 0-2-1-2-2V6M8 6V4c0-1 1-2 2-2h4c1 0 2 1 2 2v2M10 11v6M14 11v6"),
                    path("plus", "M5 12h14M12 5v14"),
                    path("filter", "M3 6h18M7 12h10M10 18h4"),
                    path("enter", "m9 10-5 5 5 5M20 4v7a4 4 0 0 1-4 4H4"),
                    Map.entry(
                            "device",
                            "<rect width=\"20\" height=\"14\" x=\"2\" y=\"3\" rx=\"2\"/><path d=\"M8 21h8M12 17v4\"/>"),
                    Map.entry(
                            "copy",
                            "<rect width=\"14\" height=\"14\" x=\"8\" y=\"8\" rx=\"2\"/><path d=\"M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2\"/>"),
                    Map.entry(
                            "key",
                            "<circle cx=\"7.5\" cy=\"15.5\" r=\"5.5\"/><path d=\"m15.5 7.5 2.3 2.3a1 1 0 0 0 1.4 0l2.1-2.1a1 1 0 0 0 0-1.4L19 4M21 2l-9.6 9.6\"/>"),
                    Map.entry(
                            "lock",
                            "<rect width=\"18\" height=\"11\" x=\"3\" y=\"11\" rx=\"2\"/><path d=\"M7 11V7a5 5 0 0 1 10 0v4\"/>"),
                    Map.entry(
                            "calendar",
                            "<rect width=\"18\" height=\"18\" x=\"3\" y=\"4\" rx=\"2\"/><path d=\"M8 2v4M16 2v4M3 10h18\"/>"),
                    path(
                            "kept",
                            "M12 13v8M4 14.9A7 7 0 1 1 15.7 8h1.8a4.5 4.5 0 0 1 2.5 8.2M8 17l4-4 4 4"),
                    path("out", "M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4M16 17l5-5-5-5M21 12H9"));

    private static final Set<String> POINTING = Set.of("left", "right", "onward");

    private Icon() {}

    /** Whether it points along the line of writing, and turns with it. */
    public static boolean points(String name) {
        return POINTING.contains(name);
    }

    /**
     * SVG markup inside an {@code svg} element.
     *
     * @throws IllegalArgumentException when there is no such icon
     */
    public static String of(String name) {
        var drawing = DRAWINGS.get(name);
        if (drawing == null) {
            throw new IllegalArgumentException("There is no icon " + name);
        }
        return drawing;
    }

    private static Map.Entry<String, String> path(String name, String data) {
        return Map.entry(name, "<path d=\"" + data + "\"/>");
    }
}
