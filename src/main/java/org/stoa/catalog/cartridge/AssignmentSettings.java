package org.stoa.catalog.cartridge;

import java.util.ArrayList;
import java.util.List;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Names;
import org.stoa.shared.Words;

/** What of an assignment is not its text: named, so that teachers can set it again. */
final class AssignmentSettings {
    private AssignmentSettings() {}

    /**
     * @param canvas where Canvas keeps its own settings; may be the assignment itself
     */
    static List<Finding> of(String file, Xml.Element assignment, Xml.Element canvas) {
        List<String> settings = new ArrayList<>();
        Xml.Element gradable = assignment.first("gradable");
        String points = canvas.text("points_possible");
        if (points.isEmpty() && gradable != null) {
            points = gradable.attribute("points_possible");
        }
        say(settings, "imports.assignment.points", points.replaceFirst("\\.0+$", ""));
        say(
                settings,
                "imports.assignment.handedIn",
                canvas.text("submission_types").replace(",", ", "));
        say(settings, "imports.assignment.due", canvas.text("due_at"));
        if (!canvas.text("rubric_identifierref").isEmpty()) {
            settings.add(Words.say("imports.assignment.rubric"));
        }
        List<Finding> findings = new ArrayList<>();
        String title = "'" + Names.title(assignment.text("title")) + "'";
        findings.add(
                Finding.info(
                        file,
                        null,
                        settings.isEmpty()
                                ? Words.say("imports.assignment", title)
                                : Words.say(
                                        "imports.assignment.settings",
                                        title,
                                        String.join("; ", settings))));
        if (canvas.text("workflow_state").equals("unpublished")) {
            findings.add(
                    Finding.info(file, null, Words.say("imports.assignment.unpublished", title)));
        }
        return findings;
    }

    private static void say(List<String> settings, String what, String value) {
        if (!value.isEmpty()) {
            settings.add(Words.say(what, Names.clean(value, 120)));
        }
    }
}
