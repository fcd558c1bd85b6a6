package org.stoa.catalog.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.stoa.catalog.markdown.math.Formula;

/** What a lesson's text lacks that its author would want to know before it is published. */
public final class Shortcomings {
    private Shortcomings() {}

    /** What is wrong with a text. */
    public enum Kind {
        /** There is nothing to read. */
        EMPTY,
        /** A picture says nothing to those who do not see it. */
        NO_DESCRIPTION,
        /** A file that was on its way into the text, and has not come. */
        NOT_ARRIVED,
        /** A link or picture whose lesson or file is not in the course. */
        LEADS_NOWHERE,
        /** A formula that cannot be set; learners would see how it is written. */
        FORMULA
    }

    /**
     * One of them.
     *
     * @param line in the Markdown, from 1; 0 for the whole text
     * @param address of the link or picture, or the formula, as it is written; of a file that has
     *     not arrived its name; else empty
     */
    public record Shortcoming(Kind kind, int line, String address) {}

    /** In reading order. */
    public static List<Shortcoming> of(String markdown, Links links) {
        if (markdown.isBlank()) {
            return List.of(new Shortcoming(Kind.EMPTY, 0, ""));
        }
        var addresses = new Addresses(links);
        var found = new ArrayList<Shortcoming>();
        for (Node node : Dialect.nodes(Dialect.parse(markdown))) {
            if (node instanceof Image image) {
                picture(image, addresses, found);
            } else if (node instanceof Link link && addresses.link(link.getDestination()) == null) {
                found.add(new Shortcoming(Kind.LEADS_NOWHERE, line(link), link.getDestination()));
            } else if (node instanceof MathText math
                    && Formula.mathml(math.literal(), math.display()).isEmpty()) {
                found.add(new Shortcoming(Kind.FORMULA, line(math.getParent()), math.literal()));
            }
        }
        return found;
    }

    private static void picture(Image image, Addresses addresses, List<Shortcoming> found) {
        if (Addresses.awaited(image.getDestination())) {
            found.add(new Shortcoming(Kind.NOT_ARRIVED, line(image), Dialect.text(image)));
        } else if (addresses.nowhere(image.getDestination())) {
            found.add(new Shortcoming(Kind.LEADS_NOWHERE, line(image), image.getDestination()));
        } else if (Dialect.text(image).isBlank()) {
            found.add(new Shortcoming(Kind.NO_DESCRIPTION, line(image), image.getDestination()));
        }
    }

    private static int line(Node node) {
        return node.getSourceSpans().isEmpty()
                ? 0
                : node.getSourceSpans().getFirst().getLineIndex() + 1;
    }
}
