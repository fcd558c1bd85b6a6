package org.stoa.catalog.markdown;

import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;

/** What a lesson has beyond CommonMark, put into the tree by {@link Arrangement}. */
final class LessonNodes {
    private LessonNodes() {}

    static final class SideNote extends CustomBlock {
        final int number;

        SideNote(int number) {
            this.number = number;
        }
    }

    static final class NoteReference extends CustomNode {
        final int number;
        final boolean first;

        NoteReference(int number, boolean first) {
            this.number = number;
            this.first = first;
        }
    }

    static final class NoteNumber extends CustomNode {
        final int number;

        NoteNumber(int number) {
            this.number = number;
        }
    }

    static final class Callout extends CustomBlock {
        final String kind;
        final String title;

        Callout(String kind, String title) {
            this.kind = kind;
            this.title = title;
        }
    }

    /** An image alone with a title, which becomes its caption. */
    static final class Figure extends CustomBlock {
        final String caption;

        Figure(String caption) {
            this.caption = caption;
        }
    }

    /** An image alone that is not there: what it would have shown. */
    static final class Absent extends CustomBlock {
        final String words;

        Absent(String words) {
            this.words = words;
        }
    }

    /** A table in a box of its own, so that it and not the page scrolls on a phone. */
    static final class TableBox extends CustomBlock {}

    /** A video's address alone in a paragraph. */
    static final class VideoCard extends CustomBlock {
        final String href;
        final String host;
        final String title;

        VideoCard(String href, String host, String title) {
            this.href = href;
            this.host = host;
            this.title = title;
        }
    }
}
