package org.stoa.shared;

import java.util.List;

/**
 * What went wrong, in words for the person who asked. These are the only exceptions that modules
 * throw on purpose; the web turns them into a page or a problem document (RFC 9457) in one place.
 */
public abstract sealed class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Problem(String message) {
        super(message);
    }

    /** The thing is not there, or not for this caller to know of: HTTP 404. */
    public static final class NotFound extends Problem {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message);
        }
    }

    /** The caller is known and may not do this: HTTP 403. */
    public static final class Forbidden extends Problem {
        private static final long serialVersionUID = 1L;

        public Forbidden(String message) {
            super(message);
        }
    }

    /** The state of things does not allow it now: HTTP 409. */
    public static final class Conflict extends Problem {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message);
        }
    }

    /** It must be paid for first: HTTP 402, with what it costs and where that is paid. */
    public static final class PaymentRequired extends Problem {
        private static final long serialVersionUID = 1L;
        private final transient Money price;
        private final String address;

        /**
         * @param address where it is paid; one that begins with a slash is meant at this host
         */
        public PaymentRequired(String message, Money price, String address) {
            super(message);
            this.price = price;
            this.address = address;
        }

        public Money price() {
            return price;
        }

        public String address() {
            return address;
        }
    }

    /** What was sent cannot be accepted: HTTP 422, with each wrong field named. */
    public static final class Invalid extends Problem {
        private static final long serialVersionUID = 1L;
        private final transient List<FieldError> errors;

        public Invalid(List<FieldError> errors) {
            super(errors.isEmpty() ? "Not accepted" : errors.getFirst().message());
            this.errors = List.copyOf(errors);
        }

        public Invalid(String field, String message) {
            this(List.of(new FieldError(field, message)));
        }

        public List<FieldError> errors() {
            return errors;
        }
    }

    /**
     * One wrong field.
     *
     * @param field its name as it was sent, a path with dots where nested; empty for the whole
     * @param message what to write instead, a sentence
     */
    public record FieldError(String field, String message) {}
}
