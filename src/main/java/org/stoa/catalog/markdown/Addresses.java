package org.stoa.catalog.markdown;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an author's address becomes on the page. */
final class Addresses {
    private static final Pattern RAW =
            Pattern.compile("(?i)\\b(src|href)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern OUTSIDE = Pattern.compile("(?i)(https?|mailto|tel):.*");

    private static final Pattern SIZED = Pattern.compile("(?i)\\b(width|height)\\s*=");

    private final Links links;

    Addresses(Links links) {
        this.links = links;
    }

    static boolean external(String address) {
        String lower = address.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    /** Null where the link leads nowhere and only its text should stay. */
    @Nullable String link(String address) {
        String stripped = address.strip();
        if (stripped.startsWith("lesson:")) {
            return lesson(stripped.substring("lesson:".length()));
        }
        if (stripped.startsWith("file:")) {
            Links.FileTarget target = file(stripped);
            return target == null ? null : target.href();
        }
        if (stripped.startsWith("#")) {
            return "#" + Anchors.fromFragment(stripped.substring(1));
        }
        boolean here = stripped.startsWith("/") && !stripped.startsWith("//");
        return here || OUTSIDE.matcher(stripped).matches() ? stripped : null;
    }

    Links.@Nullable FileTarget image(String address) {
        String stripped = address.strip();
        if (stripped.startsWith("file:")) {
            return file(stripped);
        }
        boolean here = stripped.startsWith("/") && !stripped.startsWith("//");
        return here ? Links.FileTarget.at(stripped) : null;
    }

    /**
     * Whether an image only holds the place of a file that is on its way into the text. No file has
     * such a path; the editor once wrote no address at all.
     */
    static boolean awaited(String address) {
        return address.isBlank() || address.strip().startsWith("file:?");
    }

    /** Whether an image's address leads to nothing, here or elsewhere. */
    boolean nowhere(String address) {
        return image(address) == null && !external(address);
    }

    /** Raw HTML keeps its shape; the sanitizer takes out what remains unresolved. */
    String inRawHtml(String literal) {
        Matcher found = RAW.matcher(literal);
        StringBuilder out = new StringBuilder();
        while (found.find()) {
            String value = found.group(2) != null ? found.group(2) : found.group(3);
            boolean ours =
                    value.startsWith("lesson:")
                            || value.startsWith("file:")
                            || value.startsWith("#");
            String to = ours ? link(value) : value;
            String quoted =
                    to == null ? "" : found.group(1) + "=\"" + to.replace("\"", "&quot;") + "\"";
            if (value.startsWith("file:") && !SIZED.matcher(literal).find()) {
                quoted += size(file(value));
            }
            found.appendReplacement(out, Matcher.quoteReplacement(quoted));
        }
        return found.appendTail(out).toString();
    }

    private static String size(Links.@Nullable FileTarget target) {
        return target == null || target.picture().width() == 0
                ? ""
                : " width=\""
                        + target.picture().width()
                        + "\" height=\""
                        + target.picture().height()
                        + "\"";
    }

    private @Nullable String lesson(String address) {
        int hash = address.indexOf('#');
        String href = links.lesson(decoded(hash < 0 ? address : address.substring(0, hash)));
        if (href == null || hash < 0) {
            return href;
        }
        return href + "#" + Anchors.fromFragment(address.substring(hash + 1));
    }

    private Links.@Nullable FileTarget file(String address) {
        return links.file(decoded(address.substring("file:".length())));
    }

    private static String decoded(String address) {
        try {
            return URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return address;
        }
    }
}
