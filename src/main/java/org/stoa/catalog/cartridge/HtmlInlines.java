package org.stoa.catalog.cartridge;

import static org.stoa.shared.Words.say;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.stoa.catalog.cartridge.CartridgeLinks.Target;
import org.stoa.catalog.source.Address;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Names;

/** HTML's running text as Markdown's: words, links, pictures. */
final class HtmlInlines {
    static final String CAPTION = "data-stoa-caption";

    /** Their content is no text. */
    static final Set<String> DROPPED =
            Set.of(
                    "script",
                    "noscript",
                    "style",
                    "template",
                    "head",
                    "meta",
                    "link",
                    "title",
                    "input",
                    "select",
                    "textarea",
                    "button",
                    "option",
                    "canvas",
                    "map",
                    "svg");

    private static final Set<String> SILENT =
            Set.of("style", "head", "meta", "link", "title", "template");
    private static final Set<String> MEDIA =
            Set.of("iframe", "frame", "embed", "object", "video", "audio");
    private static final Set<String> KEPT_TAGS = Set.of("sub", "sup", "mark", "u");
    private static final int DEEPEST = 20;
    // A sentence's end after an address is not of the address.
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?:\\$|%24)(?:IMS[-_]CC[-_]FILEBASE|[A-Z_]{1,40}_REFERENCE)(?:\\$|%24)"
                            + "(?:[^\\s<>\"]*[^\\s<>\".,;:!?)])?");

    /** What becomes of a line's end. */
    enum Breaks {
        KEPT,
        SPACES,
        TAGS
    }

    private final Material material;
    private final CartridgeLinks links;
    private final List<Finding> report;
    private final Set<Class<?>> open = new HashSet<>();
    private Breaks breaks = Breaks.KEPT;
    private boolean spaced;
    private int depth;
    private int insideLinks;

    HtmlInlines(Material material, CartridgeLinks links, List<Finding> report) {
        this.material = material;
        this.links = links;
        this.report = report;
    }

    /** One line or paragraph, without spaces around it. */
    void line(List<org.jsoup.nodes.Node> from, Node into, Breaks atBreaks) {
        breaks = atBreaks;
        spaced = true;
        depth = 0;
        inlines(from, into);
        InlineSpaces.trimEnd(into);
    }

    private void inlines(List<org.jsoup.nodes.Node> from, Node into) {
        for (org.jsoup.nodes.Node node : from) {
            if (node instanceof TextNode text) {
                words(text.getWholeText(), text, into);
            } else if (node instanceof Element element) {
                if (++depth > DEEPEST) {
                    tooDeep(element);
                    words(element.text(), element, into);
                } else {
                    element(element, into);
                }
                depth--;
            }
        }
    }

    private void element(Element element, Node into) {
        String name = element.normalName();
        if (DROPPED.contains(name)) {
            dropped(element);
        } else if (MEDIA.contains(name)) {
            media(element, into);
        } else if (KEPT_TAGS.contains(name)) {
            into.appendChild(tag("<" + name + ">"));
            inlines(element.childNodes(), into);
            into.appendChild(tag("</" + name + ">"));
        } else {
            switch (name) {
                case "br" -> lineBreak(into);
                case "em", "i", "cite", "var", "dfn" -> delimited(element, new Emphasis("*"), into);
                case "strong", "b" -> delimited(element, new StrongEmphasis("**"), into);
                case "del", "s", "strike" -> delimited(element, new Strikethrough("~~"), into);
                case "code", "kbd", "samp", "tt" -> code(element, into);
                case "a" -> link(element, into);
                case "img" -> picture(element, into);
                default -> container(element, into);
            }
        }
    }

    private static HtmlInline tag(String literal) {
        HtmlInline tag = new HtmlInline();
        tag.setLiteral(literal);
        return tag;
    }

    /** A span, or a block where only a line can stand: set off by a space. */
    private void container(Element element, Node into) {
        boolean block = element.isBlock();
        if (block) {
            space(into);
        }
        inlines(element.childNodes(), into);
        if (block) {
            space(into);
        }
    }

    private void space(Node into) {
        if (!spaced) {
            into.appendChild(new Text(" "));
            spaced = true;
        }
    }

    private void words(String whole, org.jsoup.nodes.Node at, Node into) {
        Matcher token = TOKEN.matcher(whole);
        int from = 0;
        while (token.find()) {
            text(whole.substring(from, token.start()), into);
            reference(token.group(), at, into);
            from = token.end();
        }
        text(whole.substring(from), into);
    }

    private void reference(String token, org.jsoup.nodes.Node at, Node into) {
        switch (links.of(material.file(), token)) {
            case Target.To to when insideLinks == 0 -> {
                String title = to.title().isEmpty() ? Names.last(token) : to.title();
                Link link = new Link(to.address(), null);
                link.appendChild(new Text(title));
                into.appendChild(link);
                spaced = false;
            }
            case Target.To to -> text(to.title(), into);
            case Target.Nowhere nowhere -> {
                warning(at, nowhere.said("address", Names.clean(token, 120)));
                text(token.replaceFirst("^(?:\\$|%24)[A-Z_-]+(?:\\$|%24)/?", ""), into);
            }
        }
    }

    private void text(String whole, Node into) {
        String text =
                whole.replaceAll("[\\p{Cntrl}\\s\\p{Z}]+", " ")
                        .replaceAll(
                                "[\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]", "");
        String words = spaced && text.startsWith(" ") ? text.substring(1) : text;
        if (!words.isEmpty()) {
            spaced = words.endsWith(" ");
            if (into.getLastChild() instanceof Text before) {
                before.setLiteral(before.getLiteral() + words);
            } else {
                into.appendChild(new Text(words));
            }
        }
    }

    private void lineBreak(Node into) {
        if (breaks == Breaks.SPACES) {
            space(into);
        } else if (into.getFirstChild() != null) {
            InlineSpaces.trimEndOfText(into);
            into.appendChild(breaks == Breaks.TAGS ? tag("<br>") : new HardLineBreak());
            spaced = true;
        }
    }

    private void delimited(Element element, Node mark, Node into) {
        if (!open.add(mark.getClass())) {
            inlines(element.childNodes(), into);
            return;
        }
        inlines(element.childNodes(), mark);
        open.remove(mark.getClass());
        spaced = InlineSpaces.appendTight(mark, into, spaced);
    }

    private void code(Element element, Node into) {
        String text = element.text().replace('\u00a0', ' ').strip();
        if (!text.isEmpty()) {
            into.appendChild(new Code(text));
            spaced = false;
        }
    }

    private void link(Element element, Node into) {
        String href = element.attr("href");
        if (href.isEmpty() || insideLinks > 0) {
            container(element, into);
            return;
        }
        switch (links.of(material.file(), href)) {
            case Target.To to -> {
                Link link = new Link(to.address(), null);
                insideLinks++;
                inlines(element.childNodes(), link);
                insideLinks--;
                if (link.getFirstChild() == null && element.hasAttr("title")) {
                    link.appendChild(new Text(Names.clean(element.attr("title"), 200)));
                }
                spaced = InlineSpaces.appendTight(link, into, spaced);
            }
            case Target.Nowhere nowhere -> {
                String words = Names.clean(element.text(), 80);
                warning(element, nowhere.said("link", words));
                container(element, into);
            }
        }
    }

    private void picture(Element element, Node into) {
        String alt = Names.clean(element.attr("alt"), 400);
        String formula = element.attr("data-equation-content");
        String src = element.attr("src");
        if (formula.isEmpty() && src.contains("/equation_images/")) {
            formula = Address.decoded(Address.decoded(src.replaceFirst(".*/equation_images/", "")));
        }
        if (!formula.isBlank()) {
            formula(formula.strip().replaceAll("\\s+", " "), into);
            return;
        }
        switch (links.of(material.file(), src)) {
            case Target.To to when to.address().startsWith("file:") -> {
                String caption = Names.clean(element.attr(CAPTION), 400);
                Image image = new Image(to.address(), caption.isEmpty() ? null : caption);
                if (!alt.isEmpty()) {
                    image.appendChild(new Text(alt));
                }
                into.appendChild(image);
                spaced = false;
            }
            case Target.To to -> {
                warning(
                        element,
                        say("imports.cartridge.imageLink", Names.clean(to.address(), 200)));
                away(to.address(), alt.isEmpty() ? say("imports.image") : alt, into);
            }
            case Target.Nowhere nowhere -> {
                warning(element, nowhere.said(alt.isEmpty() ? "unnamed" : "image", alt));
                text(alt, into);
            }
        }
    }

    private void formula(String formula, Node into) {
        boolean plain =
                !formula.contains("$") && !formula.contains("\\\\") && formula.length() < 900;
        into.appendChild(plain ? tag("$" + formula + "$") : new Code(formula));
        spaced = false;
    }

    private void away(String address, String words, Node into) {
        if (insideLinks > 0) {
            text(words, into);
            return;
        }
        Link link = new Link(address, null);
        link.appendChild(new Text(words));
        into.appendChild(link);
        spaced = false;
    }

    private void media(Element element, Node into) {
        Element source = element.selectFirst("source[src], embed[src]");
        String src = element.hasAttr("src") ? element.attr("src") : element.attr("data");
        if (src.isEmpty() && source != null) {
            src = source.attr("src");
        }
        String name = element.normalName();
        String words = Names.clean(element.attr("title"), 200);
        if (!src.isEmpty()
                && links.of(material.file(), watched(src)) instanceof Target.To to
                && !to.address().startsWith("#")) {
            warning(element, say("imports.embedded.link", name));
            String label =
                    to.title().isEmpty() ? name.equals("audio") ? "Audio" : "Video" : to.title();
            boolean page = name.endsWith("frame") && !to.address().contains("video");
            away(to.address(), words.isEmpty() ? page ? to.address() : label : words, into);
        } else {
            warning(element, say("imports.embedded.out", name));
        }
    }

    /** A player's address as people open it. */
    private static String watched(String src) {
        return src.replaceFirst(
                        "(?i)^(?:https?:)?//(?:www\\.)?youtube(?:-nocookie)?\\.com/embed/([\\w-]{6,20}).*$",
                        "https://www.youtube.com/watch?v=$1")
                .replaceFirst(
                        "(?i)^(?:https?:)?//player\\.vimeo\\.com/video/(\\d+).*$",
                        "https://vimeo.com/$1");
    }

    private void dropped(Element element) {
        String name = element.normalName();
        if (!SILENT.contains(name)) {
            warning(element, say("imports.element", name.toLowerCase(Locale.ROOT)));
        }
    }

    void tooDeep(Element at) {
        warning(at, say("imports.nested"));
    }

    void flattened(Element at) {
        warning(at, say("imports.table"));
    }

    void merged(Element at) {
        warning(at, say("imports.cells"));
    }

    private void warning(org.jsoup.nodes.Node at, String message) {
        int line = at.sourceRange().isTracked() ? at.sourceRange().start().lineNumber() : 1;
        report.add(
                Finding.warning(
                        material.file(), material.firstLine() + Math.max(line, 1) - 1, message));
    }
}
