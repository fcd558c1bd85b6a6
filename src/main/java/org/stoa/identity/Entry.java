package org.stoa.identity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Characters;
import org.stoa.shared.Problem.FieldError;

/** Holds what people type about themselves and their schools against what can be kept. */
final class Entry {
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

    static void name(String field, @Nullable String value, List<FieldError> errors) {
        if (value == null || value.codePoints().noneMatch(Entry::leavesAMark)) {
            errors.add(new FieldError(field, "Write a name."));
        } else if (value.strip().codePointCount(0, value.strip().length()) > LONGEST_NAME) {
            errors.add(new FieldError(field, "Write a name of at most 120 characters."));
        } else if (value.codePoints().anyMatch(Characters::hidden)) {
            errors.add(
                    new FieldError(
                            field,
                            "The name has characters that cannot be seen, such as marks that turn"
                                    + " the direction of writing. Leave them out."));
        }
    }

    static void email(String field, @Nullable String value, List<FieldError> errors) {
        if (value == null || value.isBlank()) {
            errors.add(new FieldError(field, "Write an e-mail address."));
        } else if (!isEmail(emailKey(value))) {
            errors.add(new FieldError(field, "Write an e-mail address like name@example.com."));
        }
    }

    static boolean isEmail(String key) {
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

    static void password(String field, @Nullable String value, List<FieldError> errors) {
        int length = value == null ? 0 : value.codePointCount(0, value.length());
        if (length < SHORTEST_PASSWORD) {
            errors.add(
                    new FieldError(
                            field, "Take at least 12 characters. A short sentence is good."));
        } else if (length > LONGEST_PASSWORD) {
            errors.add(new FieldError(field, "Take at most 256 characters."));
        }
    }

    static void subdomain(String field, String value, List<FieldError> errors) {
        if (!isSubdomain(value)) {
            errors.add(
                    new FieldError(
                            field,
                            "Take 2 to 63 small letters and digits, with single hyphens between"
                                    + " them."));
        } else if (ReservedNames.contain(value)) {
            errors.add(new FieldError(field, "The name " + value + " is kept for Stoa itself."));
        }
    }

    /** What people are told apart by: small letters, without space around. */
    static String emailKey(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** Text of a header, as far as it can be kept. */
    static String shortened(@Nullable String value, int most) {
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
