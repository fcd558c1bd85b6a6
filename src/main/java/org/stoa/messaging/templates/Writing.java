package org.stoa.messaging.templates;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Makes HTML and text of a template and its values. The template is parsed and sanitized before the
 * values are put in, each as text: no name of a course can become a link, a picture or a heading.
 */
public final class Writing {
    // Of the private use area: nobody types them, and no step of the way changes them.
    private static final String BEFORE = "\uE000";
    private static final String AFTER = "\uE001";
    private static final Pattern MARKED = Pattern.compile(BEFORE + "([^" + AFTER + "]*)" + AFTER);
    private static final String LINK = "https://link.invalid/";
    private static final Pattern BUTTON =
            Pattern.compile("<p><a href=\"([^\"]*)\"[^>]*>((?:(?!</?a\\b).)*)</a></p>");
    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder().escapeHtml(true).build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder()
                    .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
                    .build();
    private static final PolicyFactory POLICY =
            new HtmlPolicyBuilder()
                    .allowElements(
                            "p",
                            "br",
                            "a",
                            "strong",
                            "em",
                            "ul",
                            "ol",
                            "li",
                            "h1",
                            "h2",
                            "h3",
                            "blockquote",
                            "hr",
                            "code")
                    .allowUrlProtocols("https", "http", "mailto")
                    .allowAttributes("href")
                    .onElements("a")
                    .toFactory();

    private Writing() {}

    /**
     * @param values by placeholder; {@code link} is an address of this installation
     */
    public static Letter write(MailTemplate template, Map<String, String> values, Frame frame) {
        return write(template, values, Set.of(), frame);
    }

    /**
     * @param values by placeholder; {@code link} is an address of this installation
     * @param markdown those of them that are Markdown: where one is a paragraph of its own, it
     *     stands there as what it says, sanitized as templates are; elsewhere as plain text
     */
    public static Letter write(
            MailTemplate template, Map<String, String> values, Set<String> markdown, Frame frame) {
        var plain = new HashMap<>(values);
        markdown.forEach(name -> plain.computeIfPresent(name, (key, text) -> asText(text)));
        var subject = Placeholders.fill(template.subject(), plain, Writing::oneLine);
        var html = drawn(template.body(), frame);
        var sections = new HashMap<String, String>();
        for (var name : markdown) {
            // Put in when everything else stands, so that nothing in it is taken for a placeholder.
            var place = Pattern.compile("<p[^>]*>" + BEFORE + name + AFTER + "</p>");
            var mark = "\uE002" + name + "\uE002";
            html = place.matcher(html).replaceAll(Matcher.quoteReplacement(mark));
            sections.put(mark, MailHtml.styled(html(values.getOrDefault(name, ""))));
        }
        var filled = filled(html, plain);
        for (var section : sections.entrySet()) {
            filled = filled.replace(section.getKey(), section.getValue());
        }
        return new Letter(
                subject,
                text(template, plain, markdown, frame),
                MailHtml.page(filled, subject, frame));
    }

    /** Markdown that somebody wrote for many to read, as HTML, sanitized as mail is. */
    public static String html(String markdown) {
        return POLICY.sanitize(HTML.render(PARSER.parse(plain(markdown))));
    }

    private static String asText(String markdown) {
        return TEXT.render(PARSER.parse(plain(markdown))).strip();
    }

    /** The words alone, for a page of Stoa, which has no styles on elements. */
    static String words(MailTemplate template, Map<String, String> values, Frame frame) {
        return filled(clean(template.body()), values);
    }

    private static String drawn(String body, Frame frame) {
        return MailHtml.styled(
                BUTTON.matcher(clean(body))
                        .replaceAll(found ->
                                Matcher.quoteReplacement(
                                        MailHtml.button(found.group(1), found.group(2), frame))));
    }

    /** The template's HTML, sanitized, with marks where values belong. */
    private static String clean(String body) {
        var linked = Placeholders.link().matcher(plain(body)).replaceAll("](" + LINK + ")");
        var marked = Placeholders.mark(linked, BEFORE, AFTER);
        return POLICY.sanitize(HTML.render(PARSER.parse(marked)));
    }

    private static String filled(String html, Map<String, String> values) {
        var filled =
                MARKED.matcher(html)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(
                                        MailHtml.escaped(Placeholders.value(values, found.group(1)))
                                                .replace("\n", "<br>")));
        return filled.replace(LINK, MailHtml.escaped(Placeholders.value(values, "link")));
    }

    private static String text(
            MailTemplate template, Map<String, String> values, Set<String> whole, Frame frame) {
        // A link alone stands on a line of its own, where programs make it one to click.
        var linked =
                plain(template.body())
                        .replaceAll("(?m)^\\[([^]\\n]+)]\\(([^)\\s]+)\\)$", "$1:  \n$2");
        var marked = Placeholders.mark(linked, BEFORE, AFTER);
        var words = TEXT.render(PARSER.parse(marked)).strip();
        var filled =
                MARKED.matcher(words)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(
                                        whole.contains(found.group(1))
                                                ? values.getOrDefault(found.group(1), "")
                                                : Placeholders.value(values, found.group(1))));
        var foot = "\n\n-- \n" + frame.school() + "\n" + frame.site();
        return frame.preferences().isEmpty()
                ? filled + foot + "\n"
                : filled
                        + foot
                        + "\n"
                        + MailHtml.preferencesWords()
                        + " "
                        + frame.preferences()
                        + "\n";
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n").replaceAll("[\uE000-\uE002]", "");
    }

    private static String oneLine(String value) {
        return value.replaceAll("\\s+", " ");
    }
}
