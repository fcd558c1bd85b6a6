package org.stoa.commerce.billing;

import static org.stoa.shared.Words.say;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Characters;
import org.stoa.shared.Problem.FieldError;

/** What somebody writes for an invoice. */
final class Lines {
    static final int NAME = 200;
    static final int ADDRESS = 1000;
    static final int TAX_ID = 60;
    static final int NOTES = 1000;

    private Lines() {}

    /** A single line. */
    static String one(String field, @Nullable String typed, int most, List<FieldError> errors) {
        return some(field, typed == null ? null : typed.replaceAll("\\s+", " "), most, errors);
    }

    /** One or more lines; each ends as on Unix. */
    static String some(String field, @Nullable String typed, int most, List<FieldError> errors) {
        var text = typed == null ? "" : Characters.said(typed).replaceAll("\\R", "\n").strip();
        if (text.length() > most) {
            errors.add(new FieldError(field, say("billing.tooLong", most)));
        }
        return text;
    }
}
