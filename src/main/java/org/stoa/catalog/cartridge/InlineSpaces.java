package org.stoa.catalog.cartridge;

import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/** Spaces stand outside of Markdown's marks, or they are no marks. */
final class InlineSpaces {
    private InlineSpaces() {}

    /**
     * Appends the mark with the spaces of its edges outside of it; nothing but a space if it is
     * empty.
     *
     * @param before whether a space stands before it already
     * @return whether a space stands at the end now
     */
    static boolean appendTight(Node mark, Node into, boolean before) {
        boolean leading =
                mark.getFirstChild() instanceof Text first && first.getLiteral().startsWith(" ");
        boolean trailing = trimEnd(mark);
        trimStart(mark);
        if (leading && !(into.getLastChild() instanceof HardLineBreak)) {
            into.appendChild(new Text(" "));
        }
        if (mark.getFirstChild() == null) {
            if (trailing && !leading && !before) {
                into.appendChild(new Text(" "));
            }
            return before || leading || trailing;
        }
        Node last = into.getLastChild();
        if (last != null && last.getClass() == mark.getClass() && !(mark instanceof Link)) {
            move(mark, last);
        } else {
            into.appendChild(mark);
        }
        if (trailing) {
            into.appendChild(new Text(" "));
        }
        return trailing;
    }

    private static void move(Node from, Node to) {
        for (Node child = from.getFirstChild(); child != null; child = from.getFirstChild()) {
            to.appendChild(child);
        }
    }

    private static void trimStart(Node node) {
        while (node.getFirstChild() instanceof Text text) {
            text.setLiteral(text.getLiteral().stripLeading());
            if (!text.getLiteral().isEmpty()) {
                return;
            }
            text.unlink();
        }
    }

    /** Whether anything was taken away. */
    static boolean trimEnd(Node node) {
        boolean trimmed = false;
        for (Node last = node.getLastChild(); last != null; last = node.getLastChild()) {
            if (last instanceof HardLineBreak) {
                last.unlink();
                trimmed = true;
            } else if (last instanceof Text text) {
                String bare = text.getLiteral().stripTrailing();
                trimmed |= bare.length() < text.getLiteral().length();
                text.setLiteral(bare);
                if (!bare.isEmpty()) {
                    return trimmed;
                }
                text.unlink();
            } else {
                return trimmed;
            }
        }
        return trimmed;
    }

    static void trimEndOfText(Node node) {
        if (node.getLastChild() instanceof Text text) {
            text.setLiteral(text.getLiteral().stripTrailing());
        }
    }
}
