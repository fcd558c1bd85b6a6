package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.source.YamlReading.Field;
import org.stoa.tenancy.WallClock;

/** What course.yaml says of when lessons open and the course takes learners in. */
final class YamlRules {
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_PLACES = 1_000_000;

    private final YamlReading yaml;

    YamlRules(YamlReading yaml) {
        this.yaml = yaml;
    }

    SourceRules lesson(Field rules) {
        boolean hidden = false;
        boolean optional = false;
        boolean taste = false;
        String opens = "";
        Integer days = null;
        List<String> after = List.of();
        for (Field field : yaml.fields(rules.value(), say("imports.yaml.rules"))) {
            switch (field.name()) {
                case "hidden" -> hidden = yes(field);
                case "optional" -> optional = yes(field);
                case "taste" -> taste = yes(field);
                case "opens" -> opens = moment(field);
                case "days" -> days = number(field, MOST_DAYS);
                case "after" -> after = yaml.texts(field, 50, 400);
                default -> yaml.unknown(field);
            }
        }
        return new SourceRules(hidden, optional, taste, opens, days, after);
    }

    SourceTerms course(Field terms) {
        String opens = "";
        String closes = "";
        Integer places = null;
        List<String> after = List.of();
        for (Field field : yaml.fields(terms.value(), say("imports.yaml.terms"))) {
            switch (field.name()) {
                case "opens" -> opens = moment(field);
                case "closes" -> closes = moment(field);
                case "places" -> places = number(field, MOST_PLACES);
                case "after" -> after = yaml.texts(field, 20, 400);
                default -> yaml.unknown(field);
            }
        }
        return new SourceTerms(opens, closes, places, after);
    }

    private boolean yes(Field field) {
        String text = yaml.text(field, 20);
        if (text.equals("true") || text.equals("yes")) {
            return true;
        }
        if (!text.isEmpty() && !text.equals("false") && !text.equals("no")) {
            yaml.warning(field.value(), say("imports.yaml.truth", field.name()));
        }
        return false;
    }

    private @Nullable Integer number(Field field, int most) {
        String text = yaml.text(field, 20);
        if (text.isEmpty()) {
            return null;
        }
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) <= most) {
            return Integer.valueOf(text);
        }
        yaml.warning(field.value(), say("imports.yaml.number", field.name(), most));
        return null;
    }

    private String moment(Field field) {
        String text = yaml.text(field, 40).replace(' ', 'T');
        String whole = text.matches("\\d{4}-\\d{2}-\\d{2}") ? text + "T00:00" : text;
        if (whole.isEmpty()) {
            return "";
        }
        // Whether the school's clocks show it, the import knows; whether there is such a date, all
        // do.
        if (WallClock.read(whole, ZoneOffset.UTC) instanceof WallClock.Read.At) {
            return whole;
        }
        try {
            return OffsetDateTime.parse(whole).toString();
        } catch (DateTimeException noSuchDate) {
            yaml.warning(field.value(), say("imports.yaml.date", text));
            return "";
        }
    }
}
