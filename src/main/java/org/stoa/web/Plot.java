package org.stoa.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;

/**
 * One or two lines over the same time, as the data of SVG paths on a field of {@link #WIDTH} by
 * {@link #HEIGHT}, so that a page needs neither script nor inline style for them.
 *
 * @param line the path of the first, {@code area} what is below it
 * @param second the path of the other; empty where it is nought throughout
 * @param most the value at the top
 */
public record Plot(
        String line, String area, String second, long most, long total, long secondTotal) {
    public static final int WIDTH = 240;
    public static final int HEIGHT = 72;

    /** Of at least two values each, none negative. */
    public static Plot of(long[] values, long[] others) {
        long most = round(Math.max(most(values), most(others)));
        var line = line(values, most);
        long othersTotal = Arrays.stream(others).sum();
        return new Plot(
                line,
                line + "V" + HEIGHT + "H0Z",
                othersTotal == 0 ? "" : line(others, most),
                most,
                Arrays.stream(values).sum(),
                othersTotal);
    }

    private static String line(long[] values, long most) {
        var points = new ArrayList<String>(values.length);
        for (int i = 0; i < values.length; i++) {
            double x = (double) WIDTH * i / (values.length - 1);
            points.add(number(x) + " " + number(y(values[i], most)));
        }
        return "M" + String.join("L", points);
    }

    private static double y(long value, long most) {
        return HEIGHT - (double) HEIGHT * value / most;
    }

    private static String number(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static long most(long[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    /** The next of 2, 4, 6, 10, 20, 40, 60, 100, … so that the middle is a round number too. */
    private static long round(long value) {
        for (long unit = 1; unit < Long.MAX_VALUE / 100; unit *= 10) {
            for (long factor : new long[] {2, 4, 6, 10}) {
                if (factor * unit >= value) {
                    return factor * unit;
                }
            }
        }
        return value;
    }
}
