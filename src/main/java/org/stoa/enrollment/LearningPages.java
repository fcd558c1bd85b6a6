package org.stoa.enrollment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a learner sees: the player, their shelf, and the personal parts of public pages. */
public class LearningPages {
    /** How far somebody is with one lesson. */
    public enum Standing {
        NEW,
        STARTED,
        DONE;

        /** The word in the page: {@code new}, {@code started}, {@code done}. */
        public String word() {
            return this == NEW ? "new" : this == STARTED ? "started" : "done";
        }
    }

    /**
     * {@code enrollment/player}.
     *
     * @param position of the lesson in the course, from 1
     * @param html the lesson's text, rendered and sanitized when it was published
     * @param stoppedAt how far they had read, in thousandths of the lesson's height
     */
    public record PlayerView(
            String courseSlug,
            String courseTitle,
            int completed,
            int total,
            int position,
            List<Part> outline,
            UUID lessonId,
            String lessonSlug,
            String number,
            String title,
            int module,
            int minutes,
            Standing standing,
            int stoppedAt,
            String html,
            @Nullable Step previous,
            @Nullable Step next) {
        /** The module that the lesson stands in. */
        public Part part() {
            return outline.get(module - 1);
        }

        public boolean done() {
            return standing == Standing.DONE;
        }
    }

    /**
     * A module in the player's outline.
     *
     * @param completed how many of its lessons are done
     */
    public record Part(String title, int completed, List<Step> lessons) {}

    /**
     * A lesson in the player's outline.
     *
     * @param number as people say it: {@code 3.3}
     */
    public record Step(
            UUID id, String slug, String number, String title, int minutes, Standing standing) {}

    /**
     * {@code enrollment/learning}.
     *
     * @param goOn the course to go on with, shown large; null when there is none
     * @param shelf the others that are not finished
     */
    public record LearningView(
            @Nullable ShelfCourse goOn, List<ShelfCourse> shelf, List<ShelfCourse> finished) {}

    /**
     * A course on somebody's shelf.
     *
     * @param modules how many lessons each module has
     * @param next the lesson to go on with; null when all are done
     * @param lastActivity when they last did something in it
     * @param finishedAt when the last lesson was done; null before that
     * @param excerpt the beginning of the lesson to go on with, plain text; may be empty
     */
    public record ShelfCourse(
            String slug,
            String title,
            List<Integer> modules,
            int completed,
            int total,
            @Nullable NextLesson next,
            Instant lastActivity,
            @Nullable Instant finishedAt,
            String excerpt) {}

    /** The lesson to go on with. */
    public record NextLesson(String slug, String title, int minutes) {}

    /**
     * {@code enrollment/standing}, the fragment at {@code /fragments/standing/{course}} in the
     * course page's panel: join, or go on. Joining posts to {@code /courses/{slug}/join}.
     *
     * @param full whether no place is left
     * @param next where to go on; null when not enrolled or all is done
     */
    public record StandingView(
            String slug,
            boolean signedIn,
            boolean enrolled,
            boolean full,
            List<Integer> modules,
            int completed,
            int total,
            @Nullable NextLesson next,
            String csrf) {}

    /** {@code enrollment/join}: the same question as a page, for a browser without scripts. */
    public record JoinView(String slug, String title, String price, boolean full) {}

    /**
     * {@code enrollment/corner}, the fragment at {@code /fragments/corner} in every page's corner.
     *
     * @param platform on the platform's own site
     * @param teacher whether the studio is open to them; the same for admin and the members
     */
    public record CornerView(
            boolean signedIn,
            boolean platform,
            String name,
            boolean teacher,
            boolean admin,
            String csrf) {
        public static CornerView nobody(boolean platform) {
            return new CornerView(false, platform, "", false, false, "");
        }

        /** Up to two letters that stand for the person. */
        public String initials() {
            var words = name.strip().split("\\s+");
            var letters = new StringBuilder();
            for (int i = 0;
                    i < words.length && letters.codePointCount(0, letters.length()) < 2;
                    i++) {
                if (!words[i].isEmpty()) {
                    letters.appendCodePoint(Character.toUpperCase(words[i].codePointAt(0)));
                }
            }
            return letters.toString();
        }
    }
}
