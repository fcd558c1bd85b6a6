package org.stoa.catalog.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.Dialect;

/**
 * Changes where a page's links lead and nothing else of its text: what stands in code, in comments,
 * or between two words stays to the letter.
 */
final class LinkRewriting {
    private static final Pattern TAG = Pattern.compile("(?i)<(img|a)\\b[^>]*>");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?i)\\b(src|href)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>\"']+))");
    private static final Pattern ALT =
            Pattern.compile("(?i)\\balt\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

    /** What becomes of an address. */
    sealed interface Fate {
        record Keep() implements Fate {}

        record To(String address) implements Fate {}

        /** Only the text, or an image's description, stays. */
        record Plain() implements Fate {}

        /**
         * An image that is not there: alone in its paragraph it stays, so that the lesson can say
         * what is missing; within a sentence its description does.
         */
        record Gone(String address) implements Fate {}

        /** An image that becomes a link to itself. */
        record Apart() implements Fate {}
    }

    interface Fates {
        Fate of(String address, boolean image, int line);
    }

    private record Edit(int start, int end, String with) {}

    private final Page page;
    private final Fates fates;
    private final List<Edit> edits = new ArrayList<>();

    private LinkRewriting(Page page, Fates fates) {
        this.page = page;
        this.fates = fates;
    }

    /** The text with its links changed and a first heading that equals the title left out. */
    static String body(Page page, @Nullable String title, Fates fates) {
        LinkRewriting rewriting = new LinkRewriting(page, fates);
        int from = title == null ? 0 : afterTitle(page, title);
        for (Node node : Dialect.nodes(page.document())) {
            if (!node.getSourceSpans().isEmpty() && start(node) >= from) {
                rewriting.visit(node);
            }
        }
        return rewriting.applied(from);
    }

    private static int afterTitle(Page page, String title) {
        return page.document().getFirstChild() instanceof Heading heading
                        && Names.title(Dialect.text(heading)).equals(title)
                        && !heading.getSourceSpans().isEmpty()
                ? end(heading)
                : 0;
    }

    private void visit(Node node) {
        switch (node) {
            case Link link -> link(link);
            case Image image -> image(image);
            case HtmlBlock html -> html(html);
            case HtmlInline html -> html(html);
            default -> {}
        }
    }

    private void link(Link link) {
        int start = start(link);
        int close = close(link);
        if (page.text().charAt(start) != '[' || close < 0) {
            return;
        }
        switch (fates.of(link.getDestination(), false, page.line(link))) {
            case Fate.To to ->
                    edits.add(new Edit(close, end(link), tail(to.address(), link.getTitle())));
            case Fate.Plain plain -> {
                edits.add(new Edit(start, start + 1, ""));
                edits.add(new Edit(close, end(link), ""));
            }
            case Fate.Keep keep -> {}
            case Fate.Apart apart -> {}
            case Fate.Gone gone -> {}
        }
    }

    private void image(Image image) {
        int start = start(image);
        int close = close(image);
        if (page.text().charAt(start) != '!' || close < 0) {
            return;
        }
        String alt = Dialect.text(image);
        boolean linked = linked(image);
        String shown = alt.isEmpty() && linked ? "Image" : alt;
        switch (fates.of(image.getDestination(), true, page.line(image))) {
            case Fate.To to ->
                    edits.add(new Edit(close, end(image), tail(to.address(), image.getTitle())));
            case Fate.Plain plain -> edits.add(new Edit(start, end(image), escaped(shown)));
            case Fate.Gone gone -> {
                if (alone(image) && !alt.isEmpty()) {
                    edits.add(new Edit(close, end(image), tail(gone.address(), image.getTitle())));
                } else {
                    edits.add(new Edit(start, end(image), escaped(shown)));
                }
            }
            case Fate.Apart apart -> {
                String text = escaped(alt.isEmpty() ? "Image" : alt);
                String whole =
                        linked ? text : "[" + text + tail(image.getDestination(), image.getTitle());
                edits.add(new Edit(start, end(image), whole));
            }
            case Fate.Keep keep -> {}
        }
    }

    private static boolean alone(Image image) {
        return image.getParent() instanceof Paragraph
                && image.getPrevious() == null
                && image.getNext() == null;
    }

    private static boolean linked(Node node) {
        for (Node up = node.getParent(); up != null; up = up.getParent()) {
            if (up instanceof Link) {
                return true;
            }
        }
        return false;
    }

    /** Where the bracket after the link's text stands; -1 if it is not where it should be. */
    private int close(Node node) {
        int from = start(node) + (node instanceof Image ? 2 : 1);
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            if (!child.getSourceSpans().isEmpty()) {
                from = Math.max(from, end(child));
            }
        }
        int close = page.text().indexOf(']', from);
        return close < end(node) ? close : -1;
    }

    private static String tail(String address, @Nullable String title) {
        boolean odd = address.chars().anyMatch(c -> c <= ' ' || "()<>".indexOf(c) >= 0);
        String safe = odd ? "<" + address.replace("<", "%3C").replace(">", "%3E") + ">" : address;
        String quoted =
                title == null || title.isEmpty()
                        ? ""
                        : " \"" + title.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return "](" + safe + quoted + ")";
    }

    static String escaped(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>#$&~|!])", "\\\\$1");
    }

    private void html(Node node) {
        int offset = start(node);
        String raw = page.text().substring(offset, end(node));
        Matcher tag = TAG.matcher(raw);
        while (tag.find()) {
            Matcher attribute = ATTRIBUTE.matcher(tag.group());
            boolean image = tag.group(1).toLowerCase(Locale.ROOT).equals("img");
            while (attribute.find()) {
                if (attribute.group(1).equalsIgnoreCase("src") == image) {
                    attribute(attribute, tag, offset + tag.start(), image);
                    break;
                }
            }
        }
    }

    private void attribute(Matcher attribute, Matcher tag, int offset, boolean image) {
        int group = attribute.group(2) != null ? 2 : attribute.group(3) != null ? 3 : 4;
        String value = attribute.group(group).replace("&amp;", "&");
        int line = page.skippedLines() + 1 + lineBreaks(offset);
        int tagEnd = offset + tag.group().length();
        switch (fates.of(value, image, line)) {
            case Fate.To to ->
                    edits.add(
                            new Edit(
                                    offset + attribute.start(),
                                    offset + attribute.end(),
                                    attribute.group(1) + "=\"" + to.address() + "\""));
            case Fate.Plain plain -> {
                if (image) {
                    edits.add(new Edit(offset, tagEnd, alt(tag.group())));
                } else {
                    edits.add(new Edit(offset + attribute.start(), offset + attribute.end(), ""));
                }
            }
            case Fate.Gone gone -> edits.add(new Edit(offset, tagEnd, alt(tag.group())));
            case Fate.Apart apart -> {
                String alt = alt(tag.group());
                String text = alt.isEmpty() ? "Image" : alt;
                String link = "<a href=\"" + value.replace("\"", "%22") + "\">" + text + "</a>";
                edits.add(new Edit(offset, tagEnd, insideAnchor(offset) ? text : link));
            }
            case Fate.Keep keep -> {}
        }
    }

    private int lineBreaks(int offset) {
        return (int) page.text().substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private boolean insideAnchor(int offset) {
        String before =
                page.text().substring(Math.max(0, offset - 600), offset).toLowerCase(Locale.ROOT);
        return before.lastIndexOf("<a ") > before.lastIndexOf("</a");
    }

    private static String alt(String tag) {
        Matcher alt = ALT.matcher(tag);
        if (!alt.find()) {
            return "";
        }
        String text = alt.group(1) != null ? alt.group(1) : alt.group(2);
        return text.replace("<", "&lt;").replace(">", "&gt;");
    }

    private String applied(int from) {
        edits.sort(Comparator.comparingInt(Edit::start));
        StringBuilder body = new StringBuilder();
        int at = from;
        for (Edit edit : edits) {
            if (edit.start() >= at) {
                body.append(page.text(), at, edit.start()).append(edit.with());
                at = edit.end();
            }
        }
        body.append(page.text().substring(at));
        return body.toString().replaceFirst("\\A(?:[ \\t]*\\n)+", "").stripTrailing();
    }

    private static int start(Node node) {
        return node.getSourceSpans().getFirst().getInputIndex();
    }

    private static int end(Node node) {
        SourceSpan last = node.getSourceSpans().getLast();
        return last.getInputIndex() + last.getLength();
    }
}
