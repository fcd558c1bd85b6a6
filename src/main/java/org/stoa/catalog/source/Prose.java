package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.util.List;
import java.util.StringTokenizer;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.stoa.catalog.markdown.Dialect;

/** What a page says beside its lists of links. */
final class Prose {
    static final int LONGEST_SUMMARY = 2_000;
    private static final int A_LESSONS_WORDS = 60;

    private Prose() {}

    /** Whether there is something to learn on it: 60 words that are no links, or code. */
    static boolean teaches(Page page) {
        int words = 0;
        for (Node node :
                Dialect.nodes(
                        page.document(), it -> !(it instanceof Link) && !(it instanceof Image))) {
            if (node instanceof FencedCodeBlock) {
                return true;
            }
            if (node instanceof Text text) {
                words += new StringTokenizer(text.getLiteral()).countTokens();
            }
        }
        return words >= A_LESSONS_WORDS;
    }

    /** The first paragraph that says something, at the top of the page; empty if none does. */
    static String summary(Page page, List<Finding> report) {
        for (Node node = page.document().getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Paragraph paragraph) {
                String whole = Dialect.prose(paragraph);
                String prose = Names.clean(whole, LONGEST_SUMMARY);
                if (prose.codePoints().filter(Character::isLetter).count() > 20) {
                    String cut = Names.cut(say("imports.summary"), whole, LONGEST_SUMMARY);
                    if (cut != null) {
                        report.add(Finding.warning(page.path(), page.line(paragraph), cut));
                    }
                    return prose;
                }
            }
        }
        return "";
    }
}
