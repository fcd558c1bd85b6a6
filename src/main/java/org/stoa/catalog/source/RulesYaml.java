package org.stoa.catalog.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rules into a course.yaml as {@link YamlRules} reads them. */
final class RulesYaml {
    private RulesYaml() {}

    static void terms(StringBuilder yaml, @Nullable SourceTerms terms) {
        if (terms == null) {
            return;
        }
        var said = new ArrayList<String>();
        text(said, "opens", terms.opens());
        text(said, "closes", terms.closes());
        if (terms.places() != null) {
            said.add("places: " + terms.places());
        }
        texts(said, terms.after());
        yaml.append("enrollment: { ").append(String.join(", ", said)).append(" }\n");
    }

    static void lesson(StringBuilder yaml, @Nullable SourceRules rules) {
        if (rules == null) {
            return;
        }
        var said = new ArrayList<String>();
        if (rules.hidden()) {
            said.add("hidden: true");
        }
        if (rules.optional()) {
            said.add("optional: true");
        }
        if (rules.taste()) {
            said.add("taste: true");
        }
        text(said, "opens", rules.opens());
        if (rules.days() != null) {
            said.add("days: " + rules.days());
        }
        texts(said, rules.after());
        yaml.append("        rules: { ").append(String.join(", ", said)).append(" }\n");
    }

    private static void text(List<String> said, String name, String value) {
        if (!value.isEmpty()) {
            said.add(name + ": " + CourseExport.quoted(value));
        }
    }

    private static void texts(List<String> said, List<String> after) {
        if (!after.isEmpty()) {
            said.add(
                    "after: ["
                            + after.stream()
                                    .map(CourseExport::quoted)
                                    .collect(Collectors.joining(", "))
                            + "]");
        }
    }
}
