package org.stoa.catalog.markdown;

import org.commonmark.node.CustomNode;

/** A formula between dollar signs, not yet set. */
final class MathText extends CustomNode {
    private final String literal;
    private final boolean display;

    MathText(String literal, boolean display) {
        this.literal = literal;
        this.display = display;
    }

    String literal() {
        return literal;
    }

    boolean display() {
        return display;
    }
}
