package org.stoa.catalog.markdown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.stoa.catalog.markdown.LessonNodes.SideNote;

/** The Markdown that courses are written in: one parser for importing and for rendering. */
public final class Dialect {
    // Rendering descends once a level, so these two bounds keep hostile text off the stack's end.
    private static final int DEEPEST_BLOCKS = 60;
    private static final int DEEPEST_INLINES = 60;

    private static final Parser PARSER =
            Parser.builder()
                    .extensions(
                            List.of(
                                    TablesExtension.create(),
                                    StrikethroughExtension.create(),
                                    FootnotesExtension.builder().inlineFootnotes(true).build(),
                                    TaskListItemsExtension.create(),
                                    AutolinkExtension.create()))
                    .customInlineContentParserFactory(new MathParser.Factory())
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                    .maxOpenBlockParsers(DEEPEST_BLOCKS)
                    .maxInlineNesting(DEEPEST_INLINES)
                    .build();

    private Dialect() {}

    /** The document, every node with its place in the given text. */
    public static Node parse(String markdown) {
        return PARSER.parse(markdown);
    }

    /** Every node under this one, in reading order. */
    public static List<Node> nodes(Node root) {
        return nodes(root, node -> true);
    }

    /** The same, but going only into the nodes that {@code into} accepts. */
    public static List<Node> nodes(Node root, Predicate<Node> into) {
        List<Node> found = new ArrayList<>();
        Deque<Node> waiting = new ArrayDeque<>();
        pushChildren(root, waiting);
        while (!waiting.isEmpty()) {
            Node node = waiting.pop();
            found.add(node);
            if (into.test(node)) {
                pushChildren(node, waiting);
            }
        }
        return found;
    }

    private static void pushChildren(Node parent, Deque<Node> waiting) {
        for (Node child = parent.getLastChild(); child != null; child = child.getPrevious()) {
            waiting.push(child);
        }
    }

    /** The words under this node without markup, spaces collapsed. */
    public static String text(Node root) {
        return text(nodes(root));
    }

    /** The same without the descriptions of images. */
    public static String prose(Node root) {
        return text(nodes(root, node -> !(node instanceof Image)));
    }

    /**
     * The words of a whole lesson: its running text and, where there are notes, those on a second
     * line. A quotation from the text then does not run on into a note.
     */
    static String words(Node document) {
        String running = text(nodes(document, node -> !(node instanceof SideNote)));
        String notes =
                nodes(document).stream()
                        .filter(SideNote.class::isInstance)
                        .map(Dialect::text)
                        .collect(Collectors.joining(" "));
        return notes.isEmpty() ? running : running + "\n" + notes;
    }

    private static String text(List<Node> nodes) {
        StringBuilder words = new StringBuilder();
        for (Node node : nodes) {
            switch (node) {
                case Text text -> words.append(text.getLiteral());
                case Code code -> words.append(code.getLiteral());
                case MathText math -> words.append(math.literal());
                case FencedCodeBlock code -> words.append('\n').append(code.getLiteral());
                case IndentedCodeBlock code -> words.append('\n').append(code.getLiteral());
                case SoftLineBreak space -> words.append(' ');
                case HardLineBreak space -> words.append(' ');
                case org.commonmark.node.Block block -> words.append('\n');
                case org.commonmark.ext.gfm.tables.TableCell cell -> words.append(' ');
                default -> {}
            }
        }
        return words.toString().replaceAll("[\\s\\p{Z}]+", " ").strip();
    }
}
