package org.stoa.catalog.markdown;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.stoa.catalog.markdown.math.Formulas;

/**
 * Renders what people write to each other: a smaller language than that of lessons. There is no raw
 * HTML, no picture, no heading and no table; a link says that nobody vouches for it ({@code rel}
 * with {@code nofollow ugc}). Safe to share between threads.
 */
public final class Remarks {
    // Rendering descends once a level.
    private static final int DEEPEST = 20;
    private static final int LONGEST_NAME = 4;
    private static final List<org.commonmark.Extension> EXTENSIONS =
            List.of(StrikethroughExtension.create(), AutolinkExtension.create());
    private static final Parser PARSER =
            Parser.builder()
                    .extensions(EXTENSIONS)
                    .customInlineContentParserFactory(new MathParser.Factory())
                    .maxOpenBlockParsers(DEEPEST)
                    .maxInlineNesting(DEEPEST)
                    .build();
    private static final PolicyFactory POLICY =
            new HtmlPolicyBuilder()
                    .allowElements(
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
                            "span")
                    .allowElements(Remarks::link, "a")
                    .allowUrlProtocols("http", "https", "mailto")
                    .allowAttributes("href")
                    .matching(
                            Pattern.compile(
                                    "(?i)(?:https?:|mailto:|/(?![/\\\\])).*", Pattern.DOTALL))
                    .onElements("a")
                    .allowAttributes("start")
                    .matching(Pattern.compile("\\d{1,5}"))
                    .onElements("ol")
                    .allowAttributes("tabindex")
                    .matching(Pattern.compile("0"))
                    .onElements("pre")
                    .allowAttributes("class")
                    .matching(Pattern.compile("mention"))
                    .onElements("span")
                    .allowAttributes("class")
                    .matching(Pattern.compile("math(?: math-display)?"))
                    .onElements("code")
                    .toFactory();

    private Remarks() {}

    /**
     * Sanitized HTML.
     *
     * @param mentioned names that stand out where an {@code @} stands before them
     */
    public static String html(String markdown, Collection<String> mentioned) {
        var names =
                mentioned.stream()
                        .filter(it -> !it.isBlank())
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
        var html =
                HtmlRenderer.builder()
                        .extensions(List.of(StrikethroughExtension.create()))
                        .escapeHtml(true)
                        .nodeRendererFactory(context -> new Plain(context, names))
                        .build()
                        .render(PARSER.parse(markdown));
        return Formulas.set(POLICY.sanitize(html));
    }

    /** Its words without markup, on one line, at most so many characters. */
    public static String excerpt(String markdown, int most) {
        var text = Dialect.text(PARSER.parse(markdown));
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)).strip() + "…";
    }

    /**
     * What may be names: one to four words after each {@code @} of the running text, without what
     * stands in code.
     */
    public static List<String> called(String markdown) {
        var called = new ArrayList<String>();
        for (var node : Dialect.nodes(PARSER.parse(markdown))) {
            if (!(node instanceof Text text)) {
                continue;
            }
            var literal = text.getLiteral();
            for (int at = literal.indexOf('@'); at >= 0; at = literal.indexOf('@', at + 1)) {
                if (begins(literal, at)) {
                    called.addAll(words(literal.substring(at + 1)));
                }
            }
        }
        return called;
    }

    private static List<String> words(String text) {
        var all = new ArrayList<String>();
        var so = new StringBuilder();
        for (var word : text.split(" ", LONGEST_NAME + 1)) {
            var bare = word.replaceFirst("[\\p{Punct}\\p{IsPunctuation}]+$", "");
            if (word.isEmpty() || all.size() == LONGEST_NAME) {
                break;
            }
            all.add(so + bare);
            so.append(word).append(' ');
        }
        return all;
    }

    /** An address of mail has a letter before it. */
    private static boolean begins(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at));
    }

    private static String link(String element, List<String> attributes) {
        attributes.add("rel");
        attributes.add("nofollow ugc noopener");
        return element;
    }

    /** Writes what this language does without as the words of it. */
    private static final class Plain implements NodeRenderer {
        private final HtmlNodeRendererContext context;
        private final HtmlWriter html;
        private final List<String> names;
        private final Addresses addresses = new Addresses(Links.NONE);

        Plain(HtmlNodeRendererContext context, List<String> names) {
            this.context = context;
            this.html = context.getWriter();
            this.names = names;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(
                    Heading.class,
                    Image.class,
                    Link.class,
                    Text.class,
                    MathText.class,
                    FencedCodeBlock.class,
                    IndentedCodeBlock.class);
        }

        @Override
        public void render(Node node) {
            switch (node) {
                case Heading heading -> around("p", "strong", heading);
                case Image image -> children(image);
                case Link link -> link(link);
                case Text text -> text(text.getLiteral());
                case FencedCodeBlock code -> code(code.getLiteral());
                case IndentedCodeBlock code -> code(code.getLiteral());
                case MathText math -> {
                    var kind = math.display() ? "math math-display" : "math";
                    html.tag("code", java.util.Map.of("class", kind));
                    html.text(math.literal());
                    html.tag("/code");
                }
                default -> throw new IllegalStateException("No rendering for " + node.getClass());
            }
        }

        private void link(Link link) {
            var href = addresses.link(link.getDestination());
            if (href == null || href.startsWith("#")) {
                children(link);
                return;
            }
            html.tag("a", java.util.Map.of("href", href));
            children(link);
            html.tag("/a");
        }

        private void code(String literal) {
            html.line();
            html.tag("pre", java.util.Map.of("tabindex", "0"));
            html.tag("code");
            html.text(literal);
            html.tag("/code");
            html.tag("/pre");
            html.line();
        }

        private void text(String literal) {
            int from = 0;
            for (int at = literal.indexOf('@'); at >= 0; at = literal.indexOf('@', at + 1)) {
                int end = begins(literal, at) ? mention(literal, at + 1) : -1;
                if (end > 0 && at >= from) {
                    html.text(literal.substring(from, at));
                    html.tag("span", java.util.Map.of("class", "mention"));
                    html.text(literal.substring(at, end));
                    html.tag("/span");
                    from = end;
                }
            }
            html.text(literal.substring(from));
        }

        /** Where the name that begins here ends; -1 where none does. */
        private int mention(String text, int from) {
            for (var name : names) {
                int end = from + name.length();
                if (text.regionMatches(true, from, name, 0, name.length())
                        && (end == text.length()
                                || !Character.isLetterOrDigit(text.codePointAt(end)))) {
                    return end;
                }
            }
            return -1;
        }

        private void around(String outer, String inner, Node node) {
            html.line();
            html.tag(outer);
            html.tag(inner);
            children(node);
            html.tag("/" + inner);
            html.tag("/" + outer);
            html.line();
        }

        private void children(Node node) {
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
        }
    }
}
