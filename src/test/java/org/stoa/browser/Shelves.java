package org.stoa.browser;

import java.util.HashMap;
import java.util.List;

/** Small courses for the shelves of a school. */
final class Shelves {
    static final String SMALL = "knots";

    @SuppressWarnings("InlineFormatString") // It reads as the page it is, apart from the code.
    private static final String PAGE =
            """
            # %s

            What you can tie, you can trust. Take a piece of rope as long as your arm, and do what
            you read here with your own hands.[^1]

            > [!NOTE]
            > The standing part is the one you do not move.

            ## Why it holds

            A turn presses on a turn: the harder the pull, the firmer the hold.

            | Knot | Holds | Comes undone |
            |---|---|---|
            | Bowline | very well | easily |
            | Reef | well enough | easily |

            ```python
            def holds(turns, friction=0.3):
                return turns * friction > 1  # enough for a boat
            ```

            - [x] rope
            - [ ] patience

            [^1]: A reader's hands remember longer than a reader's eyes.
            """;

    private Shelves() {}

    static List<byte[]> courses() {
        return List.of(
                course("Knots", "Hands", "beginner", "rope", 3),
                course("A First Herbarium", "Nature", "beginner", "plants", 4),
                course("Counting Birds", "Nature", "intermediate", "birds", 5),
                course("Letters of a Lighthouse Keeper", "History", "beginner", "letters", 6),
                course("Maps before Satellites", "History", "advanced", "maps", 4));
    }

    private static byte[] course(
            String title, String category, String level, String tag, int lessons) {
        var files = new HashMap<String, String>();
        files.put(
                "course.yaml",
                """
                title: %s
                summary: A short course for an afternoon, with something to do on every page.
                category: %s
                level: %s
                tags: [%s, afternoon]
                """
                        .formatted(title, category, level, tag));
        for (int i = 1; i <= lessons; i++) {
            var name = List.of("Begin", "Look", "Try", "Repeat", "Show", "Teach").get(i - 1);
            var folder = i <= 2 ? "1-first-steps" : "2-on-your-own";
            files.put(
                    folder + "/" + i + "-" + name.toLowerCase(java.util.Locale.ROOT) + ".md",
                    PAGE.formatted(name + " with " + tag));
        }
        return Halden.zip(files);
    }
}
