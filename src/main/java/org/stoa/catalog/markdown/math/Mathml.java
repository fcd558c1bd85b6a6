package org.stoa.catalog.markdown.math;

import org.jspecify.annotations.Nullable;

/** Writes the elements of MathML that need nothing but what they hold. */
final class Mathml {
    private Mathml() {}

    static String scripts(
            String base, @Nullable String below, @Nullable String above, boolean limits) {
        if (below != null && above != null) {
            return element(limits ? "munderover" : "msubsup", base + below + above);
        }
        if (below != null) {
            return element(limits ? "munder" : "msub", base + below);
        }
        return above == null ? base : element(limits ? "mover" : "msup", base + above);
    }

    static String operator(int point) {
        return switch (point) {
            case '-' -> element("mo", "−");
            case '*' -> element("mo", "∗");
            case '(', ')', '[', ']', '|' -> fence(Character.toString(point), false);
            default -> element("mo", escaped(point));
        };
    }

    static String escape(String sign) {
        return switch (sign) {
            case "{", "}" -> fence(sign, false);
            case "|" -> fence("‖", false);
            case "%", "$", "#", "&", "_" -> element("mi", sign.equals("&") ? "&amp;" : sign);
            default -> throw new Cursor.NotUnderstood(sign);
        };
    }

    static @Nullable String sign(String name) {
        if (Signs.LETTERS.containsKey(name)) {
            return element("mi", Signs.LETTERS.get(name));
        }
        if (Signs.OPERATORS.containsKey(name)) {
            return element("mo", Signs.OPERATORS.get(name));
        }
        if (Signs.LARGE.containsKey(name) || Signs.INTEGRALS.containsKey(name)) {
            return element(
                    "mo", Signs.LARGE.getOrDefault(name, Signs.INTEGRALS.getOrDefault(name, "")));
        }
        if (Signs.FUNCTIONS.contains(name) || Signs.LIMITS.contains(name)) {
            return element("mi", name);
        }
        return Signs.SPACES.containsKey(name) ? space(name) : null;
    }

    static String fence(String sign, boolean stretches) {
        return sign.isBlank() ? "" : "<mo stretchy=\"" + stretches + "\">" + sign + "</mo>";
    }

    static String space(String name) {
        return "<mspace width=\"" + Signs.SPACES.get(name) + "\"></mspace>";
    }

    static String element(String name, @Nullable String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    static String escaped(int point) {
        return escaped(Character.toString(point));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
