package org.stoa.web;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The line drawings on covers, each kind in a few variants; drawn once and kept. */
final class Drawing {
    static final int KINDS = 11;
    static final int VARIANTS = 5;

    private static final int WIDTH = 240;
    private static final int HEIGHT = 190;
    private static final AtomicReferenceArray<String> DRAWN =
            new AtomicReferenceArray<>(KINDS * VARIANTS);

    private final StringBuilder firm = new StringBuilder();
    private final StringBuilder faint = new StringBuilder();
    private final StringBuilder solid = new StringBuilder();
    private int dice;

    private Drawing(int variant) {
        dice = variant + 1;
    }

    static String of(int kind, int variant) {
        int place = kind * VARIANTS + variant;
        var drawn = DRAWN.get(place);
        if (drawn == null) {
            drawn = draw(kind, variant);
            DRAWN.set(place, drawn);
        }
        return drawn;
    }

    private static String draw(int kind, int variant) {
        var drawing = new Drawing(variant);
        switch (kind) {
            case 0 -> drawing.linkedCells();
            case 1 -> drawing.tree();
            case 2 -> drawing.proof();
            case 3 -> drawing.table();
            case 4 -> drawing.waves();
            case 5 -> drawing.spiral();
            case 6 -> drawing.skewedGrid();
            case 7 -> drawing.pyramid();
            case 8 -> drawing.bars();
            case 9 -> drawing.graph();
            default -> drawing.ruledLines();
        }
        return drawing.svg();
    }

    private String svg() {
        return "<svg class=\"drawing\" viewBox=\"0 0 240 190\" aria-hidden=\"true\">"
                + "<path class=\"faint\" d=\""
                + faint
                + "\"/><path d=\""
                + firm
                + "\"/><path class=\"solid\" d=\""
                + solid
                + "\"/></svg>";
    }

    /** Memory cells, some of which point at others. */
    private void linkedCells() {
        int side = 28;
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 6; column++) {
                box(roll(3) == 0 ? firm : faint, 6 + column * 40, 10 + row * 46, side, side);
            }
        }
        for (int i = 0; i < 4; i++) {
            int fromX = 20 + roll(6) * 40;
            int fromY = 24 + i % 3 * 46;
            int toX = 20 + (roll(5) + 1) * 40;
            int toY = fromY + 32 + (i == 3 ? 46 : 0);
            circle(solid, fromX, fromY, 4);
            firm.append(
                    "M%d %dC%d %d %d %d %d %d"
                            .formatted(
                                    fromX, fromY, fromX + 8, fromY + 36, toX, fromY + 4, toX, toY));
            firm.append("m-5 -8l5 8 5 -8");
        }
    }

    /** A binary tree. */
    private void tree() {
        int levels = 5;
        int bottom = WIDTH / (1 << (levels - 1));
        for (int level = 0; level < levels; level++) {
            int nodes = 1 << level;
            int step = bottom << (levels - 1 - level);
            int y = 12 + level * 42;
            int radius = Math.max(2, 7 - level);
            for (int i = 0; i < nodes; i++) {
                int x = step / 2 + i * step;
                boolean full = (level + i + dice) % 3 == 0;
                circle(full ? solid : firm, x, y, radius);
                if (level < levels - 1) {
                    int below = y + 42 - Math.max(2, 6 - level);
                    line(firm, x - 2, y + radius, x - step / 4, below);
                    line(firm, x + 2, y + radius, x + step / 4, below);
                }
            }
        }
    }

    /** A proof: each step indented under what it rests on, a tick at the end. */
    private void proof() {
        line(firm, 20, 0, 20, 184);
        line(firm, 46, 18, 46, 150);
        line(firm, 72, 62, 72, 122);
        for (int i = 0; i < 9; i++) {
            int indent = i > 2 && i < 7 ? 78 : 52;
            line(faint, indent, 20 + i * 16, indent + 70 + roll(5) * 16, 20 + i * 16);
        }
        line(firm, 28, 176, 172, 176);
        firm.append("M196 166l10 12 20 -24");
    }

    /** A table with a column and two rows picked out. */
    private void table() {
        int column = 1 + roll(4);
        int first = 2 + roll(3);
        int second = first + 3 + roll(2);
        for (int row = 0; row < 10; row++) {
            for (int c = 0; c < 6; c++) {
                int x = 6 + c * 39;
                int y = 4 + row * 18;
                boolean chosenRow = row == first || row == second;
                if (chosenRow && c == column) {
                    box(solid, x, y, 32, 12);
                } else {
                    box(chosenRow || c == column ? firm : faint, x, y, 32, 12);
                }
            }
        }
    }

    /** Sine waves over uprights. */
    private void waves() {
        for (int x = 48; x < WIDTH; x += 48) {
            line(faint, x, 0, x, HEIGHT);
        }
        int start = roll(6);
        for (int wave = 0; wave < 3; wave++) {
            var into = wave == 0 ? faint : firm;
            double amplitude = 40 + wave * 18;
            double length = 17 + wave * 5 + start;
            for (int x = 0; x <= WIDTH; x += 4) {
                double y = 95 + amplitude * Math.sin((x + start * 20 + wave * 55) / length);
                into.append(x == 0 ? 'M' : 'L').append(x).append(' ').append(number(y));
            }
        }
    }

    /** Squares within a golden rectangle, and the spiral through them. */
    private void spiral() {
        double x = 4;
        double y = 24;
        double w = 232;
        double h = w / 1.618;
        box(firm, x, y, w, h);
        for (int turn = 0; turn < 8; turn++) {
            double s = Math.min(w, h);
            double fromX = x;
            double fromY = y;
            switch (turn % 4) {
                case 0 -> {
                    arc(fromX, fromY + s, s, fromX + s, fromY);
                    line(firm, x + s, y, x + s, y + h);
                    x += s;
                    w -= s;
                }
                case 1 -> {
                    arc(fromX, fromY, s, fromX + s, fromY + s);
                    line(firm, x, y + s, x + w, y + s);
                    y += s;
                    h -= s;
                }
                case 2 -> {
                    arc(fromX + w, fromY, s, fromX + w - s, fromY + s);
                    line(firm, x + w - s, y, x + w - s, y + h);
                    w -= s;
                }
                default -> {
                    arc(fromX + w, fromY + h, s, fromX + w - s, fromY + h - s);
                    line(firm, x, y + h - s, x + w, y + h - s);
                    h -= s;
                }
            }
        }
    }

    /** A plane pulled askew, with two arrows in it. */
    private void skewedGrid() {
        for (int i = 0; i < 8; i++) {
            line(faint, 0, 8 + i * 25, WIDTH, 8 + i * 25);
        }
        int lean = 40 + roll(4) * 12;
        for (int i = -2; i < 9; i++) {
            int foot = i * 30;
            clipped(foot, 186, foot + lean, 4);
        }
        int x = 62 + roll(3) * 10;
        circle(solid, x, 158, 4);
        line(firm, x, 158, x + lean - 4, 34);
        firm.append("m-11 10l11 -10 5 14");
        line(firm, x, 158, 206, 108);
        firm.append("m-15 -4l15 4 -9 12");
    }

    /** A heap of circles, as chance piles them up. */
    private void pyramid() {
        int[] heights = {1, 1, 2, 3, 4, 6, 8, 10, 12, 10, 8, 6, 4, 3, 2, 1, 1};
        int middle = 8 - 1 + roll(3);
        for (int column = 0; column < heights.length; column++) {
            int height = Math.max(1, heights[column] - (column % 3 == dice % 3 ? 1 : 0));
            for (int i = 0; i < height; i++) {
                circle(column == middle ? solid : firm, 15 + column * 13, 178 - i * 13, 4.5);
            }
        }
        line(firm, 4, 187, 236, 187);
    }

    /** Layers, the one at hand filled. */
    private void bars() {
        int chosen = 2 + roll(4);
        for (int i = 0; i < 7; i++) {
            int width = 50 + i * 29;
            box(i == chosen ? solid : firm, (WIDTH - width) / 2, 8 + i * 26, width, 18);
        }
    }

    /** Points on a circle, each joined to each. */
    private void graph() {
        int points = 9 + roll(5);
        double radius = 90;
        for (int i = 0; i < points; i++) {
            circle(solid, px(i, points, radius), py(i, points, radius), 4);
            for (int j = i + 1; j < points; j++) {
                boolean neighbours = j == i + 1 || (i == 0 && j == points - 1);
                boolean far = j - i > 2 && points - (j - i) > 2;
                if (neighbours || far) {
                    line(
                            neighbours ? firm : faint,
                            px(i, points, radius),
                            py(i, points, radius),
                            px(j, points, radius),
                            py(j, points, radius));
                }
            }
        }
    }

    /** A ruled page, written on by a hand. */
    private void ruledLines() {
        for (int i = 0; i < 10; i++) {
            int start = 6 + roll(3) * 14;
            line(faint, start, 10 + i * 18, WIDTH - 8 - roll(5) * 12, 10 + i * 18);
        }
        int y = 28 + roll(3) * 18;
        line(firm, 52, y, 176, y);
        circle(firm, 182, y - 14, 9);
        firm.append("M188 %dL200 %d".formatted(y - 6, y + 10));
        firm.append("M96 %dq26 -14 52 0".formatted(y + 70));
        firm.append("M112 %dl10 -14 10 14".formatted(y + 94));
    }

    private void arc(double x, double y, double radius, double toX, double toY) {
        faint.append('M').append(number(x)).append(' ').append(number(y));
        faint.append('A').append(number(radius)).append(' ').append(number(radius));
        faint.append(" 0 0 1 ").append(number(toX)).append(' ').append(number(toY));
    }

    /** A slanted line, cut off at the drawing's sides. */
    private void clipped(double x1, double y1, double x2, double y2) {
        double slope = (y2 - y1) / (x2 - x1);
        double fromX = Math.max(0, x1);
        double toX = Math.min(WIDTH, x2);
        if (fromX < toX) {
            line(faint, fromX, y1 + (fromX - x1) * slope, toX, y1 + (toX - x1) * slope);
        }
    }

    private static double px(int i, int points, double radius) {
        return WIDTH / 2.0 + radius * Math.sin(2 * Math.PI * i / points);
    }

    private static double py(int i, int points, double radius) {
        return HEIGHT / 2.0 - radius * Math.cos(2 * Math.PI * i / points);
    }

    private static void line(StringBuilder into, double x1, double y1, double x2, double y2) {
        into.append('M').append(number(x1)).append(' ').append(number(y1));
        into.append('L').append(number(x2)).append(' ').append(number(y2));
    }

    private static void box(StringBuilder into, double x, double y, double w, double h) {
        into.append('M').append(number(x)).append(' ').append(number(y));
        into.append('h').append(number(w)).append('v').append(number(h));
        into.append('h').append(number(-w)).append('z');
    }

    private static void circle(StringBuilder into, double x, double y, double radius) {
        var r = number(radius);
        var d = number(2 * radius);
        into.append('M').append(number(x - radius)).append(' ').append(number(y));
        into.append("a%s %s 0 1 0 %s 0a%s %s 0 1 0 -%s 0z".formatted(r, r, d, r, r, d));
    }

    /** The next throw of a die whose throws are the same every time. */
    private int roll(int sides) {
        dice = (dice * 1103515245 + 12345) & 0x7fffffff;
        return (dice >>> 12) % sides;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Integer.toString((int) value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
