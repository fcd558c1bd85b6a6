package org.stoa.web;

import java.util.List;
import org.stoa.shared.Problem.FieldError;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;

/** All that is wrong with the form of one body. */
final class WrongFields extends DatabindException {
    private final transient List<FieldError> errors;

    WrongFields(JsonParser parser, List<FieldError> errors) {
        super(parser, "Fields of the wrong form");
        this.errors = List.copyOf(errors);
    }

    List<FieldError> errors() {
        return errors;
    }
}
