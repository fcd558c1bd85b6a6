package org.stoa.messaging.templates;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stoa.messaging.MailKind;
import org.stoa.shared.Problem.FieldError;

/**
 * Placeholders in templates: a name in two pairs of braces, and no more. There are no conditions,
 * loops, calls or files, so a template can do nothing but stand there.
 */
public final class Placeholders {
    private static final Pattern ANY = Pattern.compile("\\{\\{([^{}\\n]{0,200})}}");
    private static final Pattern BROKEN = Pattern.compile("\\{\\{|}}|\\{%|<%|\\$\\{|#\\{");
    private static final Pattern LINK = Pattern.compile("]\\(\\s*\\{\\{\\s*link\\s*}}\\s*\\)");
    private static final Pattern ANY_LINK = Pattern.compile("\\{\\{\\s*link\\s*}}");
    private static final Pattern ALONE =
            Pattern.compile("(?m)(^|\\s)\\{\\{\\s*link\\s*}}(?=\\s|$)");
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_BODY = 20_000;
    private static final int LONGEST_VALUE = 2_000;

    private Placeholders() {}

    /** What is wrong with a template, each with the line it stands on. */
    public static List<FieldError> check(MailKind kind, MailTemplate template) {
        var errors = new ArrayList<FieldError>();
        if (template.subject().isBlank()) {
            errors.add(new FieldError("subject", say("mail.template.noSubject")));
        }
        if (template.subject().length() > LONGEST_SUBJECT
                || template.subject().chars().anyMatch(c -> c < ' ')) {
            errors.add(new FieldError("subject", say("mail.template.subject", LONGEST_SUBJECT)));
        }
        if (template.body().isBlank()) {
            errors.add(new FieldError("body", say("mail.template.noBody")));
        }
        if (template.body().length() > LONGEST_BODY) {
            errors.add(new FieldError("body", say("mail.template.body", LONGEST_BODY)));
        }
        check("subject", kind, template.subject(), errors);
        check("body", kind, template.body(), errors);
        if (kind.rank() == MailKind.Rank.SIGN_IN && astray(template)) {
            errors.add(new FieldError("body", say("mail.template.linkAlone")));
        }
        if (kind.rank() == MailKind.Rank.SIGN_IN && !LINK.matcher(template.body()).find()) {
            errors.add(new FieldError("body", say("mail.template.noLink")));
        }
        return errors;
    }

    /**
     * Whether the link stands where a click could carry it to somebody else: whoever writes a
     * school's words must not learn the keys to its people's accounts.
     */
    private static boolean astray(MailTemplate template) {
        var rest = ALONE.matcher(LINK.matcher(template.body()).replaceAll("")).replaceAll("$1");
        return ANY_LINK.matcher(rest).find() || ANY_LINK.matcher(template.subject()).find();
    }

    private static void check(String field, MailKind kind, String text, List<FieldError> errors) {
        int number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            var found = ANY.matcher(line);
            while (found.find()) {
                var name = found.group(1).strip();
                if (!kind.placeholders().contains(name)) {
                    errors.add(
                            new FieldError(
                                    field,
                                    say(
                                            "mail.template.unknown",
                                            number,
                                            name,
                                            String.join(", ", kind.placeholders()))));
                }
            }
            if (line.contains("{{{") || BROKEN.matcher(ANY.matcher(line).replaceAll("")).find()) {
                errors.add(new FieldError(field, say("mail.template.broken", number)));
            }
        }
    }

    /** Puts the values in; what has none becomes nothing. */
    static String fill(String text, Map<String, String> values, UnaryOperator<String> written) {
        return ANY.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                written.apply(value(values, found.group(1).strip()))));
    }

    /** Puts something else in the place of each, until the values themselves are put in. */
    static String mark(String text, String before, String after) {
        return ANY.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(before + found.group(1).strip() + after));
    }

    static Pattern link() {
        return LINK;
    }

    static String value(Map<String, String> values, String name) {
        var value = values.getOrDefault(name, "");
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }
}
