package org.stoa.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.catalog.source.CourseSource.SourceModule;
import org.stoa.shared.Problem;

class CourseFolderTest {
    private static final String WORDS = "word ".repeat(80);

    @TempDir Path root;

    private void put(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CourseSource read() {
        return CourseFolder.read(root);
    }

    private static List<String> titles(CourseSource course) {
        return course.modules().stream()
                .map(it -> it.title() + it.lessons().stream().map(SourceLesson::title).toList())
                .toList();
    }

    private static List<String> messages(CourseSource course) {
        return course.report().stream()
                .map(it -> it.file() + ":" + it.line() + " " + it.message())
                .toList();
    }

    @Test
    void aFlatFolderIsOneModuleByNumber() throws IOException {
        put("README.md", "# Bread\n\nHow to bake bread that people ask for.\n");
        put("10-crust.md", "# Crust\n\nText");
        put("02-dough.md", "Text without heading");
        put("01-flour.md", "\uFEFF# Flour\r\n\r\nText\r\n");
        put("LICENSE.md", "# MIT");
        put("CONTRIBUTING.md", "# Help");
        CourseSource course = read();
        assertThat(course.title()).isEqualTo("Bread");
        assertThat(course.summary()).isEqualTo("How to bake bread that people ask for.");
        assertThat(titles(course)).containsExactly("Bread[Flour, Dough, Crust]");
        assertThat(course.lessons().getFirst().markdown()).isEqualTo("Text");
    }

    @Test
    void linksInTheReadmeOrderWhatNumbersDoNot() throws IOException {
        put("README.md", "# C\n\n- [Last words](b/end.md)\n- [A](a/README.md)\n");
        put("a/README.md", "# Part A\n\n[two](two.md), [one](one.md)\n");
        put("a/one.md", "# One\n");
        put("a/two.md", "# Two\n");
        put("b/end.md", "no heading");
        assertThat(titles(read())).containsExactly("B[Last words]", "Part A[Two, One]");
    }

    @Test
    void nestedDocsWeightsDraftsAndTranslations() throws IOException {
        put("README.md", "# Deep\n\nA course that lies deep in its folders.\n");
        put("docs/02-later/b.md", "---\ntitle: \"B: the second\"\nweight: 2\n---\n" + WORDS);
        put("docs/02-later/a.md", "---\nweight: 3\n---\n# A\n");
        put("docs/02-later/z.md", "---\nweight: 1\n---\n# Z\n");
        put("docs/02-later/d.md", "---\ndraft: true\n---\n# D\n");
        put("docs/01-first/x/y/deep.md", "# Deep page\n");
        put("docs/01-first/w.md", "# W\n");
        put("translations/fr/docs/w.md", "# W en français\n");
        put("docs/README.fr.md", "# Traduction\n");
        CourseSource course = read();
        assertThat(titles(course))
                .containsExactly("First[W, Deep page]", "Later[Z, B: the second, A]");
        assertThat(messages(course))
                .anyMatch(it -> it.startsWith("translations:null Translations are left out"))
                .anyMatch(it -> it.startsWith("docs/02-later/d.md"));
    }

    @Test
    void aSummaryListsTheBook() throws IOException {
        put("book.toml", "[book]\ntitle = \"The Book\"\n");
        put(
                "src/SUMMARY.md",
                """
                # Summary

                [Preface](preface.md)

                # Part one

                - [Start](a.md)
                  - [More](sub/b.md)
                - [Gone](gone.md)

                # Part two

                - [End](c.md)
                """);
        for (String page : List.of("preface", "a", "sub/b", "c", "extra")) {
            put("src/" + page + ".md", "# " + page + "\n");
        }
        CourseSource course = read();
        assertThat(course.title()).isEqualTo("The Book");
        assertThat(titles(course))
                .containsExactly("The Book[Preface]", "Part one[Start, More]", "Part two[End]");
        assertThat(messages(course))
                .contains("src/SUMMARY.md:9 The page src/gone.md is listed but not there.")
                .anyMatch(it -> it.startsWith("src/extra.md"));
    }

    @Test
    void whatIsDeclaredCountsAndWhatIsWrongIsNamedByLine() throws IOException {
        put(
                "course.yaml",
                """
                title: Declared
                colour: red
                tags: [a, b]
                level: [oops]
                outcomes:
                  - Bake bread
                modules:
                  - title: One
                    lessons:
                      - file: b.md
                        title: Bee
                        id: bee
                      - a.md
                      - gone.md
                """);
        put("a.md", "# A\n\n[to b](b.md#top)\n");
        put("b.md", "# Own heading\n\nText\n");
        CourseSource course = read();
        assertThat(titles(course)).containsExactly("One[Bee, A]");
        assertThat(course.lessons()).extracting(SourceLesson::key).containsExactly("bee", "a.md");
        assertThat(course.lessons().getFirst().markdown()).startsWith("# Own heading");
        assertThat(course.lessons().getLast().markdown()).isEqualTo("[to b](lesson:bee#top)");
        assertThat(course.tags()).containsExactly("a", "b");
        assertThat(messages(course))
                .anyMatch(it -> it.startsWith("course.yaml:2 'colour' is not known"))
                .anyMatch(it -> it.startsWith("course.yaml:4 'level' is a text"))
                .anyMatch(it -> it.startsWith("course.yaml:14 "));
    }

    @Test
    void brokenYamlIsRefusedWithItsLine() throws IOException {
        put("course.yaml", "title: a\nmodules: [\n");
        put("a.md", "# A\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(Problem.Invalid.class)
                .hasMessageContaining("course.yaml, line 3");
    }

    @Test
    void linksAreRewrittenAndWhatIsMissingIsNamed() throws IOException {
        put("pic one.png", "png");
        put(
                "a.md",
                """
                ---
                title: A
                ---
                [b](b.md#x "Tip") ![p](<pic one.png> "Cap") ![far](https://x.org/i.png)
                [gone *now*](gone.md) ![no `pic`](nope.png) [ref][r]

                `[b](b.md)` <img src="pic one.png" alt="x"> <a href="b.md">raw</a> <img src="no.png" alt="alt">

                [![in](nope.png)](https://youtu.be/x) [data](d.csv) [folder](sub/) [up](../../etc/passwd)

                ![Alone](img/nope.png)

                [r]: ./b.md
                """);
        put("b.md", "# B\n");
        put("d.csv", "1,2");
        put("sub/x.txt", "1");
        CourseSource course = read();
        assertThat(course.lessons().getFirst().markdown())
                .isEqualTo(
                        """
                        [b](lesson:b.md#x "Tip") ![p](file:pic%20one.png "Cap") [far](https://x.org/i.png)
                        gone *now* no pic [ref](lesson:b.md)

                        `[b](b.md)` <img src="file:pic%20one.png" alt="x"> <a href="lesson:b.md">raw</a> alt

                        [in](https://youtu.be/x) [data](file:d.csv) folder up

                        ![Alone](file:img/nope.png)

                        [r]: ./b.md\
                        """);
        assertThat(course.files())
                .extracting(it -> it.path())
                .containsExactly("d.csv", "pic one.png");
        assertThat(messages(course))
                .contains("a.md:5 The link's target gone.md is not in the course's folder.")
                .anyMatch(it -> it.startsWith("a.md:4 The image https://x.org/i.png"))
                .anyMatch(it -> it.startsWith("a.md:7 The image no.png"))
                .anyMatch(it -> it.contains("lies outside"));
    }

    @Test
    void oddTitlesGetSlugsOfTheirOwn() throws IOException {
        put("1.md", "# 🚀🚀\n");
        put("2.md", "# Crème brûlée & Straße\n");
        put("3.md", "# creme brulee strasse\n");
        put("4.md", "# " + "long ".repeat(200) + "\n");
        put("5.md", "# \u202Eevil\u0007\n");
        CourseSource course = read();
        assertThat(course.lessons()).extracting(SourceLesson::slug).doesNotHaveDuplicates();
        assertThat(course.lessons())
                .allMatch(it -> it.slug().matches("[a-z0-9](-?[a-z0-9])*"))
                .allMatch(it -> it.slug().length() <= 80 && it.title().length() <= 200);
        assertThat(course.lessons().get(1).slug()).isEqualTo("creme-brulee-strasse");
        assertThat(course.lessons().get(4).title()).isEqualTo("evil");
    }

    @Test
    void otherEncodingsAreReadAndSaid() throws IOException {
        Files.write(root.resolve("a.md"), "# Café\0\n".getBytes(StandardCharsets.ISO_8859_1));
        CourseSource course = read();
        assertThat(course.lessons().getFirst().title()).startsWith("Café");
        assertThat(messages(course)).anyMatch(it -> it.contains("not UTF-8"));
    }

    @Test
    void linksOutOfTheFolderAreNotFollowedAndCirclesEnd() throws IOException {
        put("a.md", "# A\n\n[s](secret.txt)\n");
        Files.createSymbolicLink(root.resolve("secret.txt"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(root.resolve("loop"), root);
        CourseSource course = read();
        assertThat(course.files()).isEmpty();
        assertThat(messages(course))
                .anyMatch(it -> it.startsWith("secret.txt"))
                .anyMatch(it -> it.startsWith("loop"));
    }

    @Test
    void whatIsCutOffIsReportedByLine() throws IOException {
        String words = "many words ".repeat(30);
        put("course.yaml", "level: easy\ntitle: " + words + "\nsummary: " + words.repeat(8));
        put("1.md", "---\nweight: 1\ntitle: " + words + "\n---\n# Flour\n\nText");
        put("2.md", "\n\n# " + words + "\n\nText");
        put("3.md", "# Short\n\nText");
        CourseSource course = read();
        assertThat(course.title()).hasSizeLessThanOrEqualTo(200).endsWith("…");
        assertThat(messages(course))
                .containsExactly(
                        "course.yaml:2 'title' has 329 characters, and 200 are kept; the rest was"
                                + " cut off.",
                        "course.yaml:3 'summary' has 2,639 characters, and 2,000 are kept; the rest"
                                + " was cut off.",
                        "1.md:3 The title has 329 characters, and 200 are kept; the rest was cut"
                                + " off.",
                        "2.md:3 The title has 329 characters, and 200 are kept; the rest was cut"
                                + " off.");
    }

    @Test
    void aReadmesTitleAndSummaryThatAreCutAreReportedByLine() throws IOException {
        String words = "many words ".repeat(30);
        put("README.md", "# " + words + "\n\n" + words.repeat(8) + "\n");
        put("one.md", "# One\n\nText");
        assertThat(messages(read()))
                .anyMatch(it -> it.startsWith("README.md:1 The title has 329 characters"))
                .anyMatch(it -> it.startsWith("README.md:3 The summary has 2,639 characters"));
    }

    @Test
    void aFolderWithoutLessonsIsRefused() throws IOException {
        put("notes.txt", "nothing");
        put("LICENSE.md", "# MIT");
        assertThatThrownBy(this::read)
                .isInstanceOf(Problem.Invalid.class)
                .hasMessageContaining("no lessons");
        assertThatThrownBy(() -> CourseFolder.read(root.resolve("absent")))
                .isInstanceOf(Problem.Invalid.class);
    }

    @Test
    void anExportedCourseComesBackTheSame() throws IOException {
        put(
                "README.md",
                "# Whole *course*\n\nIt has \"everything\" that a course can have: yes.\n");
        put("1-a/README.md", "# Part [A]\n\n" + WORDS + "\n\n![p](../img/p.svg)\n");
        put("1-a/x y.md", "# X_y $1 <b>\n\nSee [home](README.md#part) and `[x](x.md)`.\n");
        put("2-b/z.md", "Zed\n===\n\n```md\n[a](../1-a/README.md)\n```\n\n[a](../1-a/x%20y.md)\n");
        put("2-b/z2.md", "# Zed\n\n    code\n");
        put("img/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        CourseSource course = read();
        Path out = root.resolveSibling("export-" + root.getFileName());
        CourseExport.write(course, out);
        same(course, CourseFolder.read(out));
        Path zip = root.resolveSibling(root.getFileName() + ".zip");
        try (var stream = Files.newOutputStream(zip)) {
            CourseExport.writeZip(course, stream);
        }
        try (CourseArchive archive = CourseArchive.unpack(zip, "some.zip")) {
            same(course, archive.read());
        }
    }

    private static void same(CourseSource course, CourseSource again) {
        assertThat(again.title()).isEqualTo(course.title());
        assertThat(again.summary()).isEqualTo(course.summary());
        assertThat(again.modules())
                .extracting(SourceModule::key, SourceModule::title)
                .isEqualTo(
                        course.modules().stream()
                                .map(it ->
                                        org.assertj.core.groups.Tuple.tuple(it.key(), it.title()))
                                .toList());
        assertThat(again.lessons()).isEqualTo(course.lessons());
        assertThat(again.files())
                .extracting(it -> it.path() + it.file().sha256())
                .isEqualTo(
                        course.files().stream().map(it -> it.path() + it.file().sha256()).toList());
        assertThat(again.report()).isEmpty();
    }
}
