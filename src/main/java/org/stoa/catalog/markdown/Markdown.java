package org.stoa.catalog.markdown;

import java.text.BreakIterator;
import java.util.Locale;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.LessonNodes.Callout;
import org.stoa.catalog.markdown.LessonNodes.SideNote;
import org.stoa.catalog.markdown.math.Formulas;
import org.stoa.shared.Words;

/**
 * Renders a lesson. What comes out is sanitized by an allow-list and holds no script, no style and
 * nothing from another host, whatever went in. Safe to share between threads.
 */
public final class Markdown {
    private static final int LONGEST_SENTENCE = 240;

    /** Renders a text that has no title of its own. */
    public Rendered render(String markdown, Links links) {
        return arrange(markdown, null, links);
    }

    /** Renders a lesson; a first heading that only repeats its title is left out. */
    public Rendered render(String markdown, String title, Links links) {
        return arrange(markdown, title, links);
    }

    /** How long it takes to read, in minutes, rounded up, at least 1. */
    public static int minutes(String markdown) {
        return ReadingTime.of(Dialect.parse(markdown));
    }

    private static Rendered arrange(String markdown, @Nullable String title, Links links) {
        var language = org.stoa.shared.Language.of(links.language());
        return Words.in(
                language == null ? org.stoa.shared.Language.english() : language,
                () -> arranged(markdown, title, links));
    }

    private static Rendered arranged(String markdown, @Nullable String title, Links links) {
        Node document = Dialect.parse(markdown);
        takeOutAwaited(document);
        int minutes = ReadingTime.of(document);
        Addresses addresses = new Addresses(links);
        Arrangement arrangement = Arrangement.of(document, title, addresses);
        String html = Formulas.set(Sanitized.html(Writing.html(document, arrangement, addresses)));
        return new Rendered(
                html,
                Dialect.words(document),
                arrangement.headings(),
                minutes,
                firstSentence(document));
    }

    /** Learners are not shown the places of files that never came. */
    private static void takeOutAwaited(Node document) {
        for (Node node : Dialect.nodes(document)) {
            if (node instanceof Image image && Addresses.awaited(image.getDestination())) {
                Node around = image.getParent();
                image.unlink();
                if (around instanceof Paragraph && around.getFirstChild() == null) {
                    around.unlink();
                }
            }
        }
    }

    /** The first sentence of running text, at most 240 characters; empty if there is none. */
    public static String firstSentence(Node document) {
        for (Node node :
                Dialect.nodes(
                        document,
                        it ->
                                !(it instanceof Callout)
                                        && !(it instanceof SideNote)
                                        && !(it instanceof BlockQuote))) {
            if (node instanceof Paragraph paragraph) {
                String text = Dialect.prose(paragraph);
                if (text.codePoints().anyMatch(Character::isLetter)) {
                    return sentence(text);
                }
            }
        }
        return "";
    }

    private static String sentence(String text) {
        String start = text.length() > 2_000 ? text.substring(0, 2_000) : text;
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(start);
        int end = sentences.next();
        String first = end == BreakIterator.DONE ? start : start.substring(0, end).strip();
        if (first.length() <= LONGEST_SENTENCE) {
            return first;
        }
        int space = first.lastIndexOf(' ', LONGEST_SENTENCE - 1);
        return first.substring(0, space > 0 ? space : LONGEST_SENTENCE - 2) + "…";
    }
}
