package org.stoa.web;

import java.util.List;
import org.stoa.shared.Problem.FieldError;

/**
 * What went wrong, for the page about it.
 *
 * @param status the HTTP status
 * @param message a sentence for the person
 * @param outdated the page that sent this is too old, and another sign-in would not help
 */
public record ProblemView(int status, String message, List<FieldError> errors, boolean outdated) {}
