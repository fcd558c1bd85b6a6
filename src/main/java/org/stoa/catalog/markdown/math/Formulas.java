package org.stoa.catalog.markdown.math;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * Sets the formulas of a page that is sanitized already: until then they are code, so that nothing
 * of MathML need be let through from outside.
 */
public final class Formulas {
    // The sanitizer parts double braces by an empty comment.
    private static final Pattern CODE =
            Pattern.compile("<code class=\"math( math-display)?\">((?:[^<]|<!-- -->)*+)</code>");

    private Formulas() {}

    /** Each formula as MathML; one that is not understood stays as it is written. */
    public static String set(String html) {
        if (!html.contains("<code class=\"math")) {
            return html;
        }
        Matcher found = CODE.matcher(html);
        var out = new StringBuilder();
        while (found.find()) {
            var tex = Parser.unescapeEntities(found.group(2).replace("<!-- -->", ""), false);
            var set = Formula.mathml(tex, found.group(1) != null).orElse(found.group());
            found.appendReplacement(out, Matcher.quoteReplacement(set));
        }
        return found.appendTail(out).toString();
    }
}
