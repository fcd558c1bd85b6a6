package org.stoa.jobs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import org.stoa.shared.Characters;

/** Why an attempt failed, as it is kept: the trace, without what looks like a secret. */
final class Reasons {
    private static final int LONGEST = 8_000;
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)((?:password|passwd|secret|token|authorization|api[_-]?key|bearer)"
                            + "[\"']?\\s*[:= ]\\s*[\"']?)[^\\s\"',;&}]{4,}");

    private Reasons() {}

    static String of(Throwable cause) {
        var text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        var masked = Characters.kept(SECRET.matcher(text.toString()).replaceAll("$1…"));
        return masked.length() > LONGEST ? masked.substring(0, LONGEST) : masked;
    }
}
