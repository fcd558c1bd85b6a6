package org.stoa.catalog.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stoa.browser.Payloads;

/** What people write to each other is set in a small language, and nothing of it runs. */
class RemarksTest {
    private static final Set<String> TAGS =
            Set.of(
                    "p",
                    "br",
                    "hr",
                    "strong",
                    "em",
                    "del",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "pre",
                    "code",
                    "span",
                    "a");
    private static final Set<String> ATTRIBUTES =
            Set.of("href", "rel", "start", "tabindex", "class");

    @Test
    void nothingOfFiveHundredAttemptsIsLeft(@TempDir Path folder) throws Exception {
        var payloads = Payloads.all(folder);
        assertThat(payloads).hasSizeGreaterThan(500);
        for (var payload : payloads) {
            var html = Remarks.html(payload, List.of("x", "script", "alert(1)"));
            for (var element : Jsoup.parseBodyFragment(html).body().select("body *")) {
                if (element.closest("math") != null) {
                    continue;
                }
                assertThat(TAGS).as(payload).contains(element.normalName());
                for (var attribute : element.attributes()) {
                    assertThat(ATTRIBUTES).as(payload).contains(attribute.getKey());
                }
                if (element.hasAttr("href")) {
                    assertThat(element.attr("href"))
                            .as(payload)
                            .matches("(?is)(https?:|mailto:|/(?![/\\\\])).*");
                    assertThat(element.attr("rel")).isEqualTo("nofollow ugc noopener");
                }
            }
        }
    }

    @Test
    void whatLessonsMayAndRemarksMayNotIsLeftAsWords() {
        var html =
                Remarks.html(
                        """
                        # Large

                        ![a knot](https://example.org/x.png) <b>bold</b> [here](/learn) $x^2$

                        <div>raw</div>

                        | a | b |
                        |---|---|
                        | 1 | 2 |
                        """,
                        List.of());
        assertThat(html)
                .contains("<p><strong>Large</strong></p>", "a knot", "&lt;b&gt;", "&lt;div&gt;")
                .contains("<a href=\"/learn\" rel=\"nofollow ugc noopener\">here</a>", "<math")
                .doesNotContain("<img", "<table", "<h1");
    }

    @Test
    void namesStandOutWhereSomebodyIsCalled() {
        assertThat(Remarks.html("@Ann Berg, and @ann, x@Ann `@Ann`", List.of("Ann", "Ann Berg")))
                .isEqualTo(
                        "<p><span class=\"mention\">&#64;Ann Berg</span>, and <span"
                                + " class=\"mention\">&#64;ann</span>, x&#64;Ann <code>&#64;Ann</code></p>\n");
        assertThat(Remarks.called("Ask @Ann Berg-Olsen, @Sam. Not x@y or `@code`"))
                .contains("Ann", "Ann Berg-Olsen", "Sam")
                .doesNotContain("y", "code");
        assertThat(Remarks.html("@Annabel", List.of("Ann"))).doesNotContain("mention");
        assertThat(Remarks.called("x @ y@z")).isEmpty();
    }

    @Test
    void anExcerptIsOneLineOfWords() {
        assertThat(Remarks.excerpt("**One** two\n\n> three", 100)).isEqualTo("One two three");
        assertThat(Remarks.excerpt("\uD83E\uDD89".repeat(20), 5)).hasSize(9).endsWith("…");
    }

    @Test
    void deepNestingEnds() {
        assertThat(Remarks.html(">".repeat(5_000) + "x", List.of())).contains("x");
        assertThat(Remarks.html("*".repeat(2_500) + "x" + "*".repeat(2_500), List.of()))
                .contains("x");
        assertThat(Remarks.html("[".repeat(5_000), List.of())).contains("[");
    }
}
