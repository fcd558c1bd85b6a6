package org.stoa.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A template with what it shows, as a handler's answer.
 *
 * @param template its path under {@code src/main/jte} without the ending
 * @param shell the frame around it; null for a fragment
 */
public record Page(String template, @Nullable Shell shell, Object view, HttpStatus status) {
    public static Page of(String template, Shell shell, Object view) {
        return new Page(template, shell, view, HttpStatus.OK);
    }

    /** A part of a page, for one that stands open already. */
    public static Page fragment(String template, Object view) {
        return new Page(template, null, view, HttpStatus.OK);
    }

    public Page with(HttpStatus other) {
        return new Page(template, shell, view, other);
    }

    Map<String, Object> parameters() {
        return shell == null ? Map.of("view", view) : Map.of("shell", shell, "view", view);
    }
}
