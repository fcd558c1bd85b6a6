package org.stoa.web;

import java.util.List;
import org.stoa.shared.Problem.FieldError;

/**
 * What went wrong, for the page about it.
 *
 * @param status the HTTP status
 * @param message a sentence for the person
 * @param outdated the page that sent this is too old, and another sign-in would not help
 * @param person whom it is told to; empty where nobody is signed in
 */
public record ProblemView(
        int status, String message, List<FieldError> errors, boolean outdated, String person) {
    /** Which of the texts {@code problem.….title} and {@code problem.….advice} it is told with. */
    public String kind() {
        if (outdated) {
            return "outdated";
        }
        return switch (status) {
            case 404 -> "missing";
            case 401, 403 -> person.isEmpty() ? "closed" : "notYours";
            case 409 -> "overtaken";
            case 429 -> "hurried";
            default -> status >= 500 ? "broken" : "refused";
        };
    }
}
