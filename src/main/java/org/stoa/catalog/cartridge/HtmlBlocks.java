package org.stoa.catalog.cartridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jsoup.nodes.Element;

/** HTML's blocks as Markdown's. */
final class HtmlBlocks {
    private static final int DEEPEST = 40;
    private static final Set<String> BLOCKS =
            Set.of(
                    "address",
                    "article",
                    "aside",
                    "blockquote",
                    "body",
                    "center",
                    "dd",
                    "details",
                    "dialog",
                    "div",
                    "dl",
                    "dt",
                    "fieldset",
                    "figcaption",
                    "figure",
                    "footer",
                    "form",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "header",
                    "hr",
                    "legend",
                    "li",
                    "main",
                    "nav",
                    "ol",
                    "p",
                    "pre",
                    "section",
                    "summary",
                    "table",
                    "ul");
    private static final String ANY_BLOCK = String.join(",", BLOCKS);
    private static final Pattern LANGUAGE =
            Pattern.compile("(?:^|\\s)(?:lang(?:uage)?-|brush:\\s*)([A-Za-z0-9+#-]{1,20})");

    private final HtmlInlines inlines;
    private int depth;

    HtmlBlocks(HtmlInlines inlines) {
        this.inlines = inlines;
    }

    void blocks(Element from, Node into) {
        List<org.jsoup.nodes.Node> run = new ArrayList<>();
        depth++;
        for (org.jsoup.nodes.Node child : from.childNodes()) {
            if (child instanceof Element element && standsAlone(element)) {
                paragraph(run, into);
                if (depth > DEEPEST) {
                    inlines.tooDeep(element);
                    plain(element.text(), into);
                } else {
                    block(element, into);
                }
            } else {
                run.add(child);
            }
        }
        paragraph(run, into);
        depth--;
    }

    private static boolean standsAlone(Element element) {
        String name = element.normalName();
        return BLOCKS.contains(name)
                || (!name.equals("a")
                        && !HtmlInlines.DROPPED.contains(name)
                        && element.selectFirst(ANY_BLOCK) != null);
    }

    private void block(Element element, Node into) {
        switch (element.normalName()) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element, into);
            case "ul", "ol" -> list(element, into);
            case "blockquote" -> {
                BlockQuote quote = new BlockQuote();
                blocks(element, quote);
                append(quote, into);
            }
            case "pre" -> code(element, into);
            case "hr" -> into.appendChild(new ThematicBreak());
            case "table" -> table(element, into);
            case "dt", "summary", "legend" -> strong(element, into);
            case "figure" -> {
                Element picture = element.selectFirst("img");
                Element caption = element.selectFirst("figcaption");
                if (picture != null && caption != null) {
                    picture.attr(HtmlInlines.CAPTION, caption.text());
                    caption.remove();
                }
                blocks(element, into);
            }
            default -> blocks(element, into);
        }
    }

    private static void append(Node block, Node into) {
        if (block.getFirstChild() != null) {
            into.appendChild(block);
        }
    }

    private void paragraph(List<org.jsoup.nodes.Node> run, Node into) {
        Paragraph paragraph = new Paragraph();
        inlines.line(run, paragraph, HtmlInlines.Breaks.KEPT);
        append(paragraph, into);
        run.clear();
    }

    private static void plain(String text, Node into) {
        if (!text.isBlank()) {
            Paragraph paragraph = new Paragraph();
            paragraph.appendChild(new Text(text.strip()));
            into.appendChild(paragraph);
        }
    }

    private void heading(Element element, Node into) {
        Heading heading = new Heading();
        heading.setLevel(element.normalName().charAt(1) - '0');
        inlines.line(element.childNodes(), heading, HtmlInlines.Breaks.SPACES);
        append(heading, into);
    }

    private void strong(Element element, Node into) {
        StrongEmphasis strong = new StrongEmphasis("**");
        inlines.line(
                List.of(new org.jsoup.nodes.TextNode(element.text())),
                strong,
                HtmlInlines.Breaks.SPACES);
        if (strong.getFirstChild() != null) {
            Paragraph paragraph = new Paragraph();
            paragraph.appendChild(strong);
            into.appendChild(paragraph);
        }
    }

    private void list(Element element, Node into) {
        ListBlock list;
        if (element.normalName().equals("ul")) {
            BulletList bullets = new BulletList();
            bullets.setMarker("-");
            list = bullets;
        } else {
            OrderedList numbers = new OrderedList();
            numbers.setMarkerDelimiter(".");
            String start = element.attr("start");
            numbers.setMarkerStartNumber(start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1);
            list = numbers;
        }
        list.setTight(true);
        for (Element child : element.children()) {
            ListItem item = new ListItem();
            if (child.normalName().equals("li")) {
                blocks(child, item);
            } else if (standsAlone(child)) {
                // Nested lists often stand beside the item they belong to.
                Node last = list.getLastChild();
                block(child, last instanceof ListItem before ? before : item);
            } else {
                inlinesOf(child, item);
            }
            append(item, list);
        }
        append(list, into);
    }

    private void inlinesOf(Element element, Node into) {
        List<org.jsoup.nodes.Node> run = new ArrayList<>();
        run.add(element);
        paragraph(run, into);
    }

    private void code(Element element, Node into) {
        element.select("br").forEach(it -> it.replaceWith(new org.jsoup.nodes.TextNode("\n")));
        String text = element.wholeText().replace('\u00a0', ' ').replaceFirst("\\A\\n", "");
        if (text.isBlank()) {
            paragraph(new ArrayList<>(element.childNodes()), into);
            return;
        }
        FencedCodeBlock block = new FencedCodeBlock();
        int fence = 3;
        Matcher ticks = Pattern.compile("`{3,}").matcher(text);
        while (ticks.find()) {
            fence = Math.max(fence, ticks.group().length() + 1);
        }
        block.setFenceCharacter("`");
        block.setOpeningFenceLength(fence);
        block.setClosingFenceLength(fence);
        Element inner = element.selectFirst("code");
        Matcher language =
                LANGUAGE.matcher(
                        element.className() + " " + (inner == null ? "" : inner.className()));
        block.setInfo(language.find() ? language.group(1).toLowerCase(java.util.Locale.ROOT) : "");
        block.setLiteral(text.stripTrailing() + "\n");
        into.appendChild(block);
    }

    private void table(Element element, Node into) {
        Element caption = element.selectFirst("> caption");
        if (caption != null) {
            strong(caption, into);
        }
        List<List<Element>> rows = HtmlTables.rows(element);
        if (!HtmlTables.fits(rows)) {
            for (List<Element> row : rows) {
                row.forEach(cell -> blocks(cell, into));
            }
            if (!HtmlTables.oneColumn(rows)) {
                inlines.flattened(element);
            }
            return;
        }
        if (HtmlTables.merged(rows)) {
            inlines.merged(element);
        }
        append(HtmlTables.table(rows, inlines), into);
    }
}
