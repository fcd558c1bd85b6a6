package org.stoa.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stoa.shared.Problem.FieldError;

/**
 * What a person typed into a form and what is wrong with it, both by field name. Passwords are
 * never kept here.
 */
public record Form(Map<String, String> values, Map<String, String> errors) {
    private static final Form EMPTY = new Form(Map.of(), Map.of());

    public Form {
        values = Map.copyOf(values);
        errors = Map.copyOf(errors);
    }

    /** A form nobody has filled in yet. */
    public static Form empty() {
        return EMPTY;
    }

    /** A form with proposals in its fields. */
    public static Form filled(Map<String, String> values) {
        return new Form(values, Map.of());
    }

    /** The first error of a field stands beside it; one without a field stands above the form. */
    public static Form refused(Map<String, String> values, List<FieldError> errors) {
        var byField = new LinkedHashMap<String, String>();
        errors.forEach(e -> byField.putIfAbsent(e.field(), e.message()));
        return new Form(values, byField);
    }

    /** What was typed, empty when nothing was. */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** What to write instead, empty when the field is right. */
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }

    /** What is wrong with the form as a whole. */
    public String error() {
        return error("");
    }
}
