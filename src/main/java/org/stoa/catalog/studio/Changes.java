package org.stoa.catalog.studio;

import java.util.ArrayList;
import java.util.List;

/** What lies between two texts, line by line. */
public final class Changes {
    // A table of four bytes a cell; beyond it the differing middle is shown as wholly rewritten.
    private static final long MOST_CELLS = 4_000_000;

    private Changes() {}

    /** A line of either text or of both. */
    public record Line(Kind kind, String text) {}

    /** Where a line stands. */
    public enum Kind {
        SAME,
        GONE,
        NEW
    }

    /** All lines of both texts in order; what went stands before what came in its place. */
    static List<Line> between(String before, String after) {
        var old = before.lines().toList();
        var now = after.lines().toList();
        int start = 0;
        while (start < Math.min(old.size(), now.size()) && old.get(start).equals(now.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(old.size(), now.size()) - start
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        var lines = new ArrayList<Line>();
        old.subList(0, start).forEach(it -> lines.add(new Line(Kind.SAME, it)));
        middle(old.subList(start, old.size() - end), now.subList(start, now.size() - end), lines);
        old.subList(old.size() - end, old.size()).forEach(it -> lines.add(new Line(Kind.SAME, it)));
        return lines;
    }

    /** By the longest common subsequence. */
    private static void middle(List<String> old, List<String> now, List<Line> lines) {
        if ((long) old.size() * now.size() > MOST_CELLS) {
            old.forEach(it -> lines.add(new Line(Kind.GONE, it)));
            now.forEach(it -> lines.add(new Line(Kind.NEW, it)));
            return;
        }
        var common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] =
                        old.get(i).equals(now.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                lines.add(new Line(Kind.SAME, old.get(i++)));
                j++;
            } else if (i < old.size()
                    && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(Kind.GONE, old.get(i++)));
            } else {
                lines.add(new Line(Kind.NEW, now.get(j++)));
            }
        }
    }
}
