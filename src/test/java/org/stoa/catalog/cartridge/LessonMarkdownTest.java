package org.stoa.catalog.cartridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Tree;

/** What teachers wrote in an editor, as Markdown that says the same. */
class LessonMarkdownTest {
    private @TempDir Path root;
    private final List<Finding> report = new ArrayList<>();

    @BeforeEach
    void anEmptyCartridge() throws IOException {
        Files.writeString(root.resolve("imsmanifest.xml"), "<manifest identifier='m'/>");
        Files.createDirectories(root.resolve("web_resources"));
        Files.writeString(root.resolve("web_resources/a b.png"), "png");
        Files.writeString(root.resolve("web_resources/talk.mp4"), "mp4");
    }

    @Test
    void marksStandTightAgainstTheirWords() {
        assertThat(of("<p>One<strong> two </strong>three<em> </em>four <b>a</b><b>b</b></p>"))
                .isEqualTo("One **two** three four **ab**");
        assertThat(of("<p>&nbsp;</p><p>H<sub>2</sub>O<br>next<br></p><p><br></p>"))
                .isEqualTo("H<sub>2</sub>O  \nnext");
        assertThat(of("<b>a <i>b <b>c</b></i></b>")).isEqualTo("**a *b c***");
    }

    @Test
    void wordsThatLookLikeMarkdownStayWords() {
        assertThat(of("<p># 1. *not* [this](x) $5 and $6 ^[n] &lt;b&gt; ~~x~~</p>"))
                .isEqualTo(
                        "\\# 1. \\*not\\* \\[this\\](x) \\$5 and \\$6 \\^\\[n\\] \\<b\\> \\~\\~x\\~\\~");
        assertThat(of("<p>a<br># b<br>- c<br>+ d<br>1. e<br>&gt; f</p>"))
                .isEqualTo("a  \n\\# b  \n\\- c  \n\\+ d  \n1\\. e  \n\\> f");
    }

    @Test
    void listsTablesCodeAndQuotationsKeepTheirShape() {
        assertThat(
                        of(
                                "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul><ol start=3><li>d</ol>"))
                .isEqualTo("- a\n  - b\n- c\n\n3. d");
        assertThat(of("<table><tr><th>A</th><th>B|</th></tr><tr><td>1<br>2</td></tr></table>"))
                .isEqualTo("|A|B\\||\n|---|---|\n|1<br>2||");
        assertThat(of("<pre class='language-c'>int a;\n  b();</pre><blockquote>q</blockquote>"))
                .isEqualTo("```c\nint a;\n  b();\n```\n\n> q");
        assertThat(of("<table><tr><td><h2>T</h2><ul><li>x</ul></td></tr></table>"))
                .isEqualTo("## T\n\n- x");
    }

    @Test
    void picturesAndFormulasAreCarriedAlong() {
        assertThat(
                        of(
                                "<figure><img alt='A' src='$IMS-CC-FILEBASE$/a%20b.png?x=1'>"
                                        + "<figcaption>C</figcaption></figure>"))
                .isEqualTo("![A](file:web_resources/a%20b.png \"C\")");
        assertThat(of("<p>Is <img class='equation_image' src='/equation_images/x%255E2'> so</p>"))
                .isEqualTo("Is $x^2$ so");
        assertThat(
                        of(
                                "<p><img src='https://else.example/p.png' alt='P'> <img src='data:x' alt='D'></p>"))
                .isEqualTo("[P](https://else.example/p.png) D");
        assertThat(report).hasSize(2);
    }

    @Test
    void scriptsAndPlayersAreNamedWithTheirLine() {
        assertThat(
                        of(
                                """
                                <p>a</p>
                                <script>alert(1)</script>
                                <p><iframe src="//www.youtube.com/embed/abcdefghijk?x" title="T"></iframe></p>
                                <video src="$IMS-CC-FILEBASE$/talk.mp4"></video>
                                <iframe src="javascript:alert(1)"></iframe>
                                <p onclick="x()"><a href="javascript:alert(1)">b</a></p>
                                """))
                .isEqualTo(
                        "a\n\n[T](https://www.youtube.com/watch?v=abcdefghijk)\n\n"
                                + "[Video](file:web_resources/talk.mp4)\n\nb");
        assertThat(report).extracting(Finding::line).containsExactly(2, 3, 4, 5, 6);
    }

    @Test
    void aReferenceInTheMiddleOfTheWordsIsNoTokenAnyMore() {
        assertThat(
                        of(
                                "<p>From $CANVAS_OBJECT_REFERENCE$/quizzes/i1 and $WIKI_REFERENCE$/pages/x.</p>"))
                .isEqualTo("From quizzes/i1 and pages/x.");
        assertThat(report).hasSize(2);
    }

    @Test
    void whatIsNestedBeyondReasonStaysText() {
        assertThat(of("<div>".repeat(5_000) + "deep" + "</div>".repeat(5_000))).contains("deep");
        assertThat(of("<b><i>".repeat(2_000) + "deep")).contains("deep");
        assertThat(of("<ul><li>".repeat(3_000) + "deep")).contains("deep");
        assertThat(of("<table><tr><td>".repeat(3_000) + "deep")).contains("deep");
    }

    private String of(String html) {
        Tree tree = Tree.of(root, new ArrayList<>());
        Manifest manifest = Manifest.read(tree, report);
        var parser = Parser.htmlParser().setTrackPosition(true);
        var material = new Material("T", Jsoup.parse(html, "", parser).body(), "p.html", 1);
        return LessonMarkdown.of(material, new CartridgeLinks(tree, manifest), report);
    }
}
