package org.stoa.catalog.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    private static final Links LINKS =
            new Links() {
                @Override
                public @Nullable String lesson(String key) {
                    return key.equals("a/b c.md") ? "/learn/x/b-c" : null;
                }

                @Override
                public @Nullable FileTarget file(String path) {
                    return switch (path) {
                        case "pic.png" -> new FileTarget("/files/pic.png", 640, 480);
                        case "data.csv" -> FileTarget.at("/files/data.csv");
                        default -> null;
                    };
                }
            };

    private final Markdown markdown = new Markdown();

    private String html(String text) {
        return markdown.render(text, LINKS).html();
    }

    /** In no language, and of one that was written with words, once. */
    @Test
    void thePlaceOfAFileThatNeverCameIsNotShownAndIsNamed() {
        var text = "Look:\n\n![fake.png](file:?1)\n\n![rope.png is on its way (1)]()\n\nSo.";
        var rendered = new Markdown().render(text, Links.NONE);
        assertThat(rendered.html()).isEqualToIgnoringWhitespace("<p>Look:</p><p>So.</p>");
        assertThat(rendered.toString()).doesNotContain("fake", "rope");
        assertThat(Shortcomings.of(text, Links.NONE))
                .extracting(Shortcomings.Shortcoming::kind, Shortcomings.Shortcoming::address)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Shortcomings.Kind.NOT_ARRIVED, "fake.png"),
                        org.assertj.core.groups.Tuple.tuple(
                                Shortcomings.Kind.NOT_ARRIVED, "rope.png is on its way (1)"));
    }

    @Test
    void theTitleIsLeftOutAndHeadingsBeginAtTwoWithoutGaps() {
        Rendered lesson =
                markdown.render(
                        "# Hello\n\nHi.\n\n## What *is* this?\n\n#### Deep\n", "Hello", LINKS);
        assertThat(lesson.html())
                .doesNotContain("Hello")
                .contains("<h2 id=\"s-what-is-this\">What <em>is</em> this?</h2>")
                .contains("<h3 id=\"s-deep\">Deep</h3>");
        assertThat(lesson.headings())
                .extracting(Rendered.Heading::text)
                .containsExactly("What is this?", "Deep");
        assertThat(lesson.firstSentence()).isEqualTo("Hi.");
        assertThat(lesson.minutes()).isEqualTo(1);
    }

    @Test
    void equalHeadingsGetDifferentAnchors() {
        assertThat(markdown.render("# A\n\n# A\n", LINKS).headings())
                .extracting(Rendered.Heading::anchor)
                .containsExactly("s-a", "s-a-1");
    }

    @Test
    void linksLeadToLessonsFilesAndOutside() {
        assertThat(html("[b](lesson:a/b%20c.md#The-End)"))
                .contains("<a href=\"/learn/x/b-c#s-the-end\">b</a>");
        assertThat(html("[d](file:data.csv)")).contains("href=\"/files/data.csv\"");
        assertThat(html("[gone](lesson:nowhere.md)")).isEqualTo("<p>gone</p>\n");
        assertThat(html("[up](#what-is)")).contains("<a href=\"#s-what-is\">up</a>");
        assertThat(html("[o](https://example.org)"))
                .contains("<a href=\"https://example.org\" rel=\"noopener nofollow\">o</a>");
        assertThat(html("[o](//example.org/x)")).isEqualTo("<p>o</p>\n");
        assertThat(html("<a href='lesson:a/b%20c.md'>raw</a>"))
                .contains("<a href=\"/learn/x/b-c\">raw</a>");
    }

    @Test
    void imagesHaveTheirSizeAndThoseElsewhereBecomeLinks() {
        assertThat(html("![A pic](file:pic.png)"))
                .contains("src=\"/files/pic.png\"")
                .contains("alt=\"A pic\"")
                .contains("width=\"640\" height=\"480\"")
                .doesNotContain("loading");
        assertThat(html("![A](file:pic.png)\n\n![B](file:pic.png)").split("loading=\"lazy\""))
                .hasSize(2);
        assertThat(html("<img src=\"file:pic.png\" alt=\"A\">"))
                .contains("width=\"640\" height=\"480\"");
        assertThat(html("![A pic](file:pic.png \"Seen from above\")"))
                .contains("<figure>")
                .contains("<figcaption>Seen from above</figcaption>");
        assertThat(html("![Gone](file:gone.png)"))
                .contains("<figure class=\"absent\">")
                .contains(">A picture is missing here: Gone</figcaption>")
                .doesNotContain("<p>");
        assertThat(html("![](file:gone.png)")).isEmpty();
        assertThat(html("As ![the bowline](file:gone.png) shows."))
                .isEqualTo("<p>As the bowline shows.</p>\n");
        assertThat(html("![Far](https://x.org/y.png)"))
                .doesNotContain("<img")
                .contains("<a href=\"https://x.org/y.png\"")
                .contains(">Far</a>");
    }

    @Test
    void footnotesStandBesideTheirParagraphAndCountTogether() {
        String html =
                html(
                        "One.[^a] Two.^[Said *inline*.] Again.[^a]\n\nNext.\n\n[^a]: Said once.[^b]\n[^b]: Deeper.");
        assertThat(html)
                .contains("<a href=\"#note-1\" aria-label=\"Note 1\">1</a>")
                .contains("<sup>1</sup>Said once.")
                .contains("<sup>3</sup>Said <em>inline</em>.")
                .contains("<sup>2</sup>Deeper.");
        assertThat(html.indexOf("id=\"note-1\"")).isLessThan(html.indexOf("Next."));
        assertThat(html.split("class=\"sidenote\"", -1)).hasSize(4);
    }

    @Test
    void aQuotationOfTheTextHoldsNoNote() {
        var text = markdown.render("One.[^a] Two.\n\nThree.\n\n[^a]: Beside it.", LINKS).text();
        assertThat(text).isEqualTo("One. Two. Three.\nBeside it.");
        assertThat(new org.stoa.catalog.LessonBody("", text).excerpt(100))
                .isEqualTo("One. Two. Three.");
    }

    @Test
    void calloutsSpeakByTheirKind() {
        assertThat(html("> [!careful]\n> A dangling pointer."))
                .contains("<div class=\"callout callout-careful\" role=\"note\">")
                .contains("<p class=\"callout-title\">Take care</p>")
                .contains("<p>A dangling pointer.</p>");
        assertThat(html("> [!NOTE] Mind this\n> Body")).contains(">Mind this</p>");
        assertThat(html("> [!nonsense]\n> Body")).contains("<blockquote>");
    }

    @Test
    void codeHasItsFileItsLinesAndItsColours() {
        String html = html("```c greet.c {2}\nchar *s; // no <b>\nreturn \"a\";\n```\n");
        assertThat(html)
                .contains("<figure class=\"code numbered\"><figcaption>greet.c</figcaption>")
                .contains("<code class=\"language-c\">")
                .contains("<span class=\"tok-k\">char</span>")
                .contains("<span class=\"tok-c\">// no &lt;b&gt;</span>")
                .contains("<span class=\"line marked\"><span class=\"tok-k\">return</span>")
                .contains("<span class=\"tok-s\">&#34;a&#34;</span>");
        assertThat(html("```output\nhello\n```\n")).contains("<span class=\"line\">hello</span>");
    }

    @Test
    void everyLanguageKeepsEveryCharacter() {
        String code = "x = \"a\\\"b\" /* c\nd */ # e\n-- 'f\n<g h='i'>`j\n$\u00e9 0x1F 1.5\n";
        for (String name :
                "c cpp java js ts python bash json yaml html css sql go rust toml csharp text zz"
                        .split(" ", -1)) {
            String html = html("```" + name + "\n" + code + "```\n");
            String text =
                    org.springframework.web.util.HtmlUtils.htmlUnescape(
                            html.replaceAll("<[^>]*>", ""));
            assertThat(text.strip()).as(name).isEqualTo(code.strip());
        }
    }

    @Test
    void tablesTasksMathAndVideos() {
        assertThat(html("| a | b |\n|--:|---|\n| 1 | 2 |"))
                .contains("<div class=\"table\" tabindex=\"0\">")
                .contains("<td class=\"align-right\">1</td>");
        assertThat(html("- [x] done\n- [ ] open"))
                .contains("class=\"task task-done\"")
                .contains("aria-label=\"To do\"");
        assertThat(html("It is $a_b + c_d$, for $5 and $6."))
                .contains(
                        "<math><mrow><msub><mi>a</mi><mi>b</mi></msub><mo>+</mo>"
                                + "<msub><mi>c</mi><mi>d</mi></msub></mrow></math>")
                .contains("for $5 and $6.");
        assertThat(html("$$\nx^2\n$$"))
                .contains("<math display=\"block\"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow>");
        assertThat(html("$\\unheard{x}$")).contains("<code class=\"math\">\\unheard{x}</code>");
        assertThat(html("https://youtu.be/abc"))
                .contains("class=\"link-card\"")
                .contains("YouTube")
                .doesNotContain("iframe");
        assertThat(html("~~old~~")).contains("<del>old</del>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ">",
                "[",
                "![",
                "*a ",
                "- ",
                "<div>",
                "`",
                "$",
                "[^",
                "(",
                "<a href=x>",
                "| a ",
                "1. ",
                "_a*",
                "](",
                "<!--",
                "&",
                "\\",
                "[a](",
                "^[",
                "<",
                "**a [b](c"
            })
    void textPiledTenThousandHighNeitherBreaksNorDawdles(String piece) {
        for (String text : new String[] {piece.repeat(10_000), (piece + "\n").repeat(10_000)}) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> markdown.render(text, LINKS));
        }
    }
}
