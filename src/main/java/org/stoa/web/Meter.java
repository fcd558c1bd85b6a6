package org.stoa.web;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The colonnade: every stroke a lesson, every gap a module; in courses above sixty lessons every
 * stroke a module. Lit from the left by how many lessons are done.
 *
 * @param strokes how many strokes each module has
 * @param lit how many of all are fully lit
 * @param share how much of the next one is lit, in per cent
 */
public record Meter(List<Integer> strokes, int lit, int share) {
    private static final int MOST_STROKES = 60;
    private static final int PITCH = 5;
    private static final int GAP = 4;
    private static final int HEIGHT = 13;

    /**
     * @param modules how many lessons each module has
     * @param reading whether the learner is inside the next lesson
     */
    public static Meter of(List<Integer> modules, int completed, boolean reading) {
        int total = modules.stream().mapToInt(Integer::intValue).sum();
        if (total <= MOST_STROKES) {
            boolean inside = reading && completed < total;
            return new Meter(modules, Math.min(completed, total), inside ? 45 : 0);
        }
        int rest = completed;
        int lit = 0;
        while (lit < modules.size() && rest >= modules.get(lit)) {
            rest -= modules.get(lit++);
        }
        int share = lit < modules.size() ? 100 * rest / Math.max(1, modules.get(lit)) : 0;
        return new Meter(List.of(modules.size()), lit, share);
    }

    public boolean finished() {
        return lit > 0 && lit == count();
    }

    /** The strokes of each module for the page's script, as in {@code 5 6 6 5}. */
    public String word() {
        return strokes.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /** Width of the drawing; its height is 16. */
    public int width() {
        int gaps = Math.max(0, strokes.size() - 1);
        return Math.max(10, count() * PITCH + gaps * GAP - (PITCH - 2));
    }

    /** The strokes that are not lit, as the data of an SVG path. */
    public String dark() {
        return path(lit, count());
    }

    /** The strokes that are, and the share of the one under way. */
    public String bright() {
        var path = path(0, lit);
        if (share == 0) {
            return path;
        }
        int height = Math.max(1, HEIGHT * share / 100);
        return path + "M" + x(lit) + " " + HEIGHT + "v-" + height;
    }

    private int count() {
        return strokes.stream().mapToInt(Integer::intValue).sum();
    }

    private String path(int from, int to) {
        var path = new StringBuilder((to - from) * 8);
        int stroke = 0;
        for (int module = 0; module < strokes.size(); module++) {
            for (int i = 0; i < strokes.get(module); i++, stroke++) {
                if (stroke >= from && stroke < to) {
                    path.append('M').append(stroke * PITCH + module * GAP + 1).append(" 0v13");
                }
            }
        }
        return path.toString();
    }

    private int x(int stroke) {
        int module = 0;
        int seen = strokes.getFirst();
        while (stroke >= seen && module < strokes.size() - 1) {
            seen += strokes.get(++module);
        }
        return stroke * PITCH + module * GAP + 1;
    }
}
