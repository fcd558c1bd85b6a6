package org.stoa.identity;

import static org.stoa.shared.Words.say;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Characters;
import org.stoa.shared.Problem.FieldError;

/** Holds what people type about themselves and their schools against what can be kept. */
public final class Entry {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_SUBDOMAIN = 63;
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 256;
    private static final Pattern EMAIL =
            Pattern.compile(
                    "[^\\s@<>\"(),:;\\\\\\[\\]\\p{C}]{1,64}@([\\p{L}\\p{M}\\p{N}]+(-+[\\p{L}\\p{M}\\p{N}]+)*\\.)+"
                            + "[\\p{L}\\p{M}\\p{N}]+(-+[\\p{L}\\p{M}\\p{N}]+)*");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9](-?[a-z0-9])*");

    private Entry() {}

    public static void name(String field, @Nullable String value, List<FieldError> errors) {
        if (value == null || value.codePoints().noneMatch(Entry::leavesAMark)) {
            errors.add(new FieldError(field, say("identity.entry.name")));
        } else if (value.strip().codePointCount(0, value.strip().length()) > LONGEST_NAME) {
            errors.add(new FieldError(field, say("identity.entry.nameLength")));
        } else if (value.codePoints().anyMatch(Characters::hidden)) {
            errors.add(new FieldError(field, say("identity.entry.nameUnseen")));
        }
    }

    public static void email(String field, @Nullable String value, List<FieldError> errors) {
        if (value == null || value.isBlank()) {
            errors.add(new FieldError(field, say("identity.entry.email")));
        } else if (!isEmail(emailKey(value))) {
            errors.add(new FieldError(field, say("identity.entry.emailLike")));
        }
    }

    public static boolean isEmail(String key) {
        int at = key.indexOf('@');
        return key.length() <= LONGEST_EMAIL
                && EMAIL.matcher(key).matches()
                && !key.startsWith(".")
                && !key.substring(0, at).endsWith(".")
                && !key.contains("..");
    }

    static boolean isSubdomain(String value) {
        return value.length() >= 2
                && value.length() <= LONGEST_SUBDOMAIN
                && SUBDOMAIN.matcher(value).matches();
    }

    public static void password(String field, @Nullable String value, List<FieldError> errors) {
        int length = value == null ? 0 : value.codePointCount(0, value.length());
        if (length < SHORTEST_PASSWORD) {
            errors.add(new FieldError(field, say("identity.entry.password")));
        } else if (length > LONGEST_PASSWORD) {
            errors.add(new FieldError(field, say("identity.entry.passwordLength")));
        }
    }

    static void subdomain(String field, String value, List<FieldError> errors) {
        if (!isSubdomain(value)) {
            errors.add(new FieldError(field, say("identity.entry.subdomain")));
        } else if (ReservedNames.contain(value)) {
            errors.add(new FieldError(field, say("identity.entry.reserved", value)));
        }
    }

    /** What people are told apart by: small letters, without space around. */
    public static String emailKey(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** Text of a header, as far as it can be kept. */
    public static String shortened(@Nullable String value, int most) {
        if (value == null) {
            return "";
        }
        var clean =
                new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                        .replaceAll("\\p{Cc}", "");
        return clean.length() <= most ? clean : clean.substring(0, most);
    }

    private static boolean leavesAMark(int point) {
        return Character.isLetterOrDigit(point)
                || switch (Character.getType(point)) {
                    case Character.OTHER_SYMBOL,
                            Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.MODIFIER_SYMBOL,
                            Character.OTHER_PUNCTUATION,
                            Character.DASH_PUNCTUATION ->
                            true;
                    default -> false;
                };
    }
}
