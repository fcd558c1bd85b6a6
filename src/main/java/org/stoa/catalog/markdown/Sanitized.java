package org.stoa.catalog.markdown;

import java.util.List;
import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** The allow-list: what is not named here does not reach a page. */
final class Sanitized {
    private static final Pattern ID = Pattern.compile("(?:s-[\\p{L}\\p{M}\\p{N}_-]*|note-\\d+)");
    // Authors' raw HTML may not dress as the interface, so only a lesson's own classes pass.
    private static final Pattern CLASS =
            Pattern.compile(
                    "(?:callout(?: callout-[a-z]+)?|callout-title|sidenote|note-ref"
                            + "|code(?: numbered)?|line(?: marked)?|tok-[a-z]+|language-[a-z0-9+#-]+"
                            + "|math(?: math-display)?|task(?: task-done)?|embed|table"
                            + "|absent|link-card(?:-host|-title)?|align-(?:left|center|right))");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final Pattern HERE = Pattern.compile("/(?![/\\\\])[^\\\\\\p{Cntrl}]*");

    private static final Pattern SRCSET =
            Pattern.compile(
                    "/media/[0-9a-f]{64}/\\d{1,5}/[^\\s,]+ \\d{1,5}w"
                            + "(?:\\s*,\\s*/media/[0-9a-f]{64}/\\d{1,5}/[^\\s,]+ \\d{1,5}w)*");

    private static final Pattern HREF =
            Pattern.compile("(?i)(?:https?:|mailto:|tel:|#|/(?![/\\\\])).*", Pattern.DOTALL);

    private static final PolicyFactory POLICY =
            new HtmlPolicyBuilder()
                    .allowElements(
                            "p",
                            "h2",
                            "h3",
                            "h4",
                            "h5",
                            "h6",
                            "ul",
                            "ol",
                            "li",
                            "blockquote",
                            "pre",
                            "code",
                            "em",
                            "strong",
                            "b",
                            "i",
                            "u",
                            "s",
                            "del",
                            "ins",
                            "sub",
                            "sup",
                            "small",
                            "mark",
                            "kbd",
                            "samp",
                            "var",
                            "cite",
                            "q",
                            "abbr",
                            "br",
                            "hr",
                            "div",
                            "span",
                            "table",
                            "caption",
                            "thead",
                            "tbody",
                            "tfoot",
                            "tr",
                            "th",
                            "td",
                            "figure",
                            "figcaption",
                            "aside",
                            "details",
                            "summary",
                            "dl",
                            "dt",
                            "dd",
                            "picture",
                            "source",
                            "img")
                    .allowElements(Sanitized::link, "a")
                    .allowUrlProtocols("http", "https", "mailto", "tel")
                    .allowAttributes("href")
                    .matching(HREF)
                    .onElements("a")
                    .allowAttributes("src")
                    .matching(HERE)
                    .onElements("img")
                    .allowAttributes("alt")
                    .onElements("img")
                    .allowAttributes("width", "height")
                    .matching(NUMBER)
                    .onElements("img")
                    .allowAttributes("srcset")
                    .matching(SRCSET)
                    .onElements("source")
                    .allowAttributes("sizes")
                    .matching(true, Writing.SIZES)
                    .onElements("source")
                    .allowAttributes("type")
                    .matching(Pattern.compile("image/(?:avif|webp)"))
                    .onElements("source")
                    .allowAttributes("loading")
                    .matching(Pattern.compile("lazy"))
                    .onElements("img")
                    .allowAttributes("title")
                    .onElements("a", "img", "abbr")
                    .allowAttributes("start")
                    .matching(NUMBER)
                    .onElements("ol")
                    .allowAttributes("colspan", "rowspan")
                    .matching(Pattern.compile("\\d{1,2}"))
                    .onElements("th", "td")
                    .allowAttributes("open")
                    .matching(Pattern.compile("|open|true"))
                    .onElements("details")
                    .allowAttributes("tabindex")
                    .matching(Pattern.compile("0"))
                    .onElements("pre", "div")
                    .allowAttributes("id")
                    .matching(ID)
                    .onElements("h2", "h3", "h4", "h5", "h6", "aside")
                    .allowAttributes("role")
                    .matching(Pattern.compile("note|img"))
                    .onElements("aside", "div", "span")
                    .allowAttributes("aria-label")
                    .matching(Pattern.compile("(?:Note \\d+|Done|To do)"))
                    .onElements("aside", "a", "span")
                    .allowAttributes("class")
                    .matching(CLASS)
                    .globally()
                    .toFactory();

    private Sanitized() {}

    static String html(String html) {
        return POLICY.sanitize(html);
    }

    /** An outside page learns nothing of ours and gains no standing from us. */
    private static String link(String element, List<String> attributes) {
        int href = attributes.indexOf("href");
        if (href >= 0 && Addresses.external(attributes.get(href + 1))
                || href >= 0 && attributes.get(href + 1).startsWith("//")) {
            attributes.add("rel");
            attributes.add("noopener nofollow");
        }
        return element;
    }
}
