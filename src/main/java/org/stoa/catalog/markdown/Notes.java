package org.stoa.catalog.markdown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.ext.footnotes.FootnoteDefinition;
import org.commonmark.ext.footnotes.FootnoteReference;
import org.commonmark.ext.footnotes.InlineFootnote;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Document;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.LessonNodes.NoteNumber;
import org.stoa.catalog.markdown.LessonNodes.NoteReference;
import org.stoa.catalog.markdown.LessonNodes.SideNote;

/** Footnotes, set as side notes: each right after the block that first refers to it. */
final class Notes {
    private final Map<String, FootnoteDefinition> definitions = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Node, Node> lastAfter = new HashMap<>();
    private int count;

    private Notes() {}

    static void place(Node document) {
        Notes notes = new Notes();
        List<Node> references = new ArrayList<>();
        for (Node node : Dialect.nodes(document)) {
            if (node instanceof FootnoteDefinition definition) {
                notes.definitions.putIfAbsent(label(definition.getLabel()), definition);
            } else if (node instanceof FootnoteReference || node instanceof InlineFootnote) {
                references.add(node);
            }
        }
        notes.definitions.values().forEach(Node::unlink);
        references.removeIf(node -> within(node, FootnoteDefinition.class));
        Deque<Node> waiting = new ArrayDeque<>(references);
        while (!waiting.isEmpty()) {
            SideNote made = notes.settle(waiting.pop());
            if (made != null) {
                List<Node> inside =
                        Dialect.nodes(made).stream()
                                .filter(FootnoteReference.class::isInstance)
                                .toList();
                inside.reversed().forEach(waiting::push);
            }
        }
        Dialect.nodes(document).stream()
                .filter(FootnoteDefinition.class::isInstance)
                .forEach(Node::unlink);
    }

    private static String label(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean within(Node node, Class<? extends Node> kind) {
        for (Node up = node.getParent(); up != null; up = up.getParent()) {
            if (kind.isInstance(up)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable SideNote settle(Node reference) {
        Node from = reference;
        if (reference instanceof FootnoteReference named) {
            Integer known = numbers.get(label(named.getLabel()));
            if (known != null) {
                replace(reference, new NoteReference(known, false));
                return null;
            }
            from = definitions.get(label(named.getLabel()));
            if (from == null) {
                reference.unlink();
                return null;
            }
            numbers.put(label(named.getLabel()), count + 1);
        }
        SideNote note = new SideNote(++count);
        Node anchor = placeOf(reference);
        replace(reference, new NoteReference(note.number, true));
        fill(note, from);
        Node after = lastAfter.getOrDefault(anchor, anchor);
        after.insertAfter(note);
        lastAfter.put(anchor, note);
        return note;
    }

    private static void replace(Node old, Node with) {
        old.insertBefore(with);
        old.unlink();
    }

    private static void fill(SideNote note, Node from) {
        if (from instanceof InlineFootnote) {
            Paragraph paragraph = new Paragraph();
            Arrangement.moveChildren(from, paragraph);
            note.appendChild(paragraph);
        } else {
            Arrangement.moveChildren(from, note);
        }
        Node first = note.getFirstChild();
        if (first instanceof Paragraph paragraph) {
            paragraph.prependChild(new NoteNumber(note.number));
        } else {
            note.prependChild(new NoteNumber(note.number));
        }
    }

    /** The outermost block around it that still stands in running text. */
    private static Node placeOf(Node reference) {
        Node block = reference;
        for (Node up = reference; up != null; up = up.getParent()) {
            if (up instanceof SideNote) {
                return up;
            }
            Node parent = up.getParent();
            if (up instanceof Block
                    && (parent instanceof Document
                            || parent instanceof ListItem
                            || parent instanceof BlockQuote)) {
                block = up;
                break;
            }
        }
        for (Node up = block; up != null; up = up.getParent()) {
            if (up instanceof SideNote) {
                return up;
            }
        }
        return block;
    }
}
