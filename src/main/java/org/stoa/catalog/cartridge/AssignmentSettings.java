package org.stoa.catalog.cartridge;

import java.util.ArrayList;
import java.util.List;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Names;

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
        say(settings, "points: ", points.replaceFirst("\\.0+$", ""));
        say(settings, "handed in as: ", canvas.text("submission_types").replace(",", ", "));
        say(settings, "due: ", canvas.text("due_at"));
        if (!canvas.text("rubric_identifierref").isEmpty()) {
            settings.add("a rubric");
        }
        List<Finding> findings = new ArrayList<>();
        String title = "'" + Names.title(assignment.text("title")) + "'";
        String said =
                settings.isEmpty()
                        ? ""
                        : "; its settings were not carried over ("
                                + String.join("; ", settings)
                                + ")";
        findings.add(
                Finding.info(
                        file,
                        null,
                        "Of the assignment " + title + ", its text is the lesson" + said + "."));
        if (canvas.text("workflow_state").equals("unpublished")) {
            findings.add(Finding.info(file, null, "The assignment " + title + " was unpublished."));
        }
        return findings;
    }

    private static void say(List<String> settings, String what, String value) {
        if (!value.isEmpty()) {
            settings.add(what + Names.clean(value, 120));
        }
    }
}
