package org.stoa.catalog.markdown;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.LessonNodes.Absent;
import org.stoa.catalog.markdown.LessonNodes.Callout;
import org.stoa.catalog.markdown.LessonNodes.Figure;
import org.stoa.catalog.markdown.LessonNodes.TableBox;
import org.stoa.catalog.markdown.LessonNodes.VideoCard;

/** Turns a parsed document into a lesson: title out, headings settled, notes beside their place. */
final class Arrangement {
    private static final int TOP_LEVEL = 2;
    private static final int LOWEST_LEVEL = 6;
    private static final Map<String, String> CALLOUTS =
            Map.ofEntries(
                    Map.entry("note", "note"),
                    Map.entry("info", "note"),
                    Map.entry("tip", "tip"),
                    Map.entry("hint", "tip"),
                    Map.entry("important", "important"),
                    Map.entry("warning", "careful"),
                    Map.entry("caution", "careful"),
                    Map.entry("danger", "careful"),
                    Map.entry("careful", "careful"),
                    Map.entry("example", "example"),
                    Map.entry("question", "question"));
    private static final Map<String, String> CALLOUT_TITLES =
            Map.of(
                    "note", "prose.note",
                    "tip", "prose.tip",
                    "important", "prose.important",
                    "careful", "prose.careful",
                    "example", "prose.example",
                    "question", "prose.question");

    private final Node document;
    private final Map<Node, Rendered.Heading> headings = new IdentityHashMap<>();
    private final List<Rendered.Heading> inOrder = new ArrayList<>();

    private Arrangement(Node document) {
        this.document = document;
    }

    static Arrangement of(Node document, @Nullable String title, Addresses addresses) {
        Arrangement arrangement = new Arrangement(document);
        if (title != null) {
            removeTitle(document, title);
        }
        Notes.place(document);
        arrangement.settleHeadings();
        for (Node node : Dialect.nodes(document)) {
            switch (node) {
                case BlockQuote quote -> callOut(quote);
                case Paragraph paragraph -> lift(paragraph, addresses);
                case TableBlock table -> box(table);
                default -> {}
            }
        }
        return arrangement;
    }

    Rendered.@Nullable Heading heading(Node node) {
        return headings.get(node);
    }

    List<Rendered.Heading> headings() {
        return List.copyOf(inOrder);
    }

    private static void removeTitle(Node document, String title) {
        if (document.getFirstChild() instanceof Heading first
                && Dialect.text(first).equals(title.strip())) {
            first.unlink();
        }
    }

    /** The highest becomes h2, and none is more than one below the one before it. */
    private void settleHeadings() {
        List<Heading> found = new ArrayList<>();
        for (Node node : Dialect.nodes(document)) {
            if (node instanceof Heading heading) {
                found.add(heading);
            }
        }
        int highest = found.stream().mapToInt(Heading::getLevel).min().orElse(TOP_LEVEL);
        int before = TOP_LEVEL - 1;
        Map<String, Integer> taken = new HashMap<>();
        for (Heading heading : found) {
            int wanted = heading.getLevel() - highest + TOP_LEVEL;
            int level = Math.min(Math.min(wanted, before + 1), LOWEST_LEVEL);
            before = level;
            String text = Dialect.text(heading);
            int times = taken.merge(Anchors.plain(text), 1, Integer::sum);
            String plain = Anchors.plain(text) + (times > 1 ? "-" + (times - 1) : "");
            Rendered.Heading settled = new Rendered.Heading(level, Anchors.id(plain), text);
            headings.put(heading, settled);
            inOrder.add(settled);
        }
    }

    private static void callOut(BlockQuote quote) {
        if (!(quote.getFirstChild() instanceof Paragraph paragraph)
                || !(paragraph.getFirstChild() instanceof Text text)
                || !text.getLiteral().startsWith("[!")) {
            return;
        }
        String line = text.getLiteral();
        int close = line.indexOf(']');
        String kind =
                close < 0 ? null : CALLOUTS.get(line.substring(2, close).toLowerCase(Locale.ROOT));
        if (kind == null) {
            return;
        }
        String own = line.substring(close + 1).strip();
        Callout callout =
                new Callout(
                        kind,
                        own.isEmpty() ? say(CALLOUT_TITLES.getOrDefault(kind, "prose.note")) : own);
        if (text.getNext() instanceof SoftLineBreak lineEnd) {
            lineEnd.unlink();
        }
        text.unlink();
        if (paragraph.getFirstChild() == null) {
            paragraph.unlink();
        }
        moveChildren(quote, callout);
        quote.insertBefore(callout);
        quote.unlink();
    }

    private static void lift(Paragraph paragraph, Addresses addresses) {
        Node only = paragraph.getFirstChild();
        if (only == null || only.getNext() != null) {
            return;
        }
        if (only instanceof Image image && addresses.nowhere(image.getDestination())) {
            var caption = image.getTitle() == null ? "" : image.getTitle().strip();
            var words = caption.isEmpty() ? Dialect.text(image) : caption;
            if (!words.isEmpty()) {
                paragraph.insertBefore(new Absent(words));
            }
            paragraph.unlink();
        } else if (only instanceof Image image
                && image.getTitle() != null
                && !image.getTitle().isBlank()) {
            Figure figure = new Figure(image.getTitle());
            moveChildren(paragraph, figure);
            paragraph.insertBefore(figure);
            paragraph.unlink();
        } else if (only instanceof Link link) {
            String host = Videos.host(link.getDestination());
            if (host != null) {
                String text = Dialect.text(link);
                boolean bare = text.isEmpty() || text.startsWith("http") || text.startsWith("www.");
                paragraph.insertBefore(
                        new VideoCard(
                                link.getDestination(), host, bare ? say("prose.watch") : text));
                paragraph.unlink();
            }
        }
    }

    private static void box(TableBlock table) {
        TableBox box = new TableBox();
        table.insertBefore(box);
        box.appendChild(table);
    }

    static void moveChildren(Node from, Node to) {
        Node child = from.getFirstChild();
        while (child != null) {
            Node next = child.getNext();
            to.appendChild(child);
            child = next;
        }
    }
}
