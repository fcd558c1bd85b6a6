package org.stoa.catalog.source;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.Dialect;

/**
 * One Markdown file, read.
 *
 * @param text without front matter, lines ending in \n
 * @param skippedLines how many lines of front matter came before
 * @param declaredTitle the title in its front matter, as long as it is; null if it has none
 * @param declaredLine where that stands
 * @param weight where its front matter asks to stand; null if it does not
 */
record Page(
        String path,
        String text,
        Node document,
        int skippedLines,
        @Nullable String declaredTitle,
        int declaredLine,
        @Nullable Double weight,
        boolean draft) {

    record Reference(String target, String text) {}

    int line(Node node) {
        return node.getSourceSpans().isEmpty()
                ? skippedLines + 1
                : skippedLines + node.getSourceSpans().getFirst().getLineIndex() + 1;
    }

    /** The title in the front matter, else the first heading; null if there is neither. */
    @Nullable String title() {
        return declaredTitle != null ? Names.title(declaredTitle) : heading();
    }

    /** What to tell the author of a title that is longer than one may be; null if it is not. */
    @Nullable Finding cutTitle() {
        Heading heading = declaredTitle == null ? headingNode() : null;
        String whole = heading == null ? declaredTitle : Dialect.text(heading);
        String cut = whole == null ? null : Names.cutTitle(whole);
        return cut == null
                ? null
                : Finding.warning(path, heading == null ? declaredLine : line(heading), cut);
    }

    @Nullable String heading() {
        Heading heading = headingNode();
        return heading == null ? null : Names.title(Dialect.text(heading));
    }

    private @Nullable Heading headingNode() {
        for (Node node : Dialect.nodes(document)) {
            if (node instanceof Heading heading && !Names.title(Dialect.text(heading)).isEmpty()) {
                return heading;
            }
        }
        return null;
    }

    /** The paths inside the course that it links to, in order. */
    List<Reference> references() {
        List<Reference> found = new ArrayList<>();
        for (Node node : Dialect.nodes(document, it -> !(it instanceof Image))) {
            if (node instanceof Link link) {
                Address address = Address.of(path, link.getDestination());
                if (address.inside()) {
                    found.add(new Reference(address.path(), Names.title(Dialect.text(link))));
                }
            }
        }
        return found;
    }
}
