package org.stoa.enrollment.preview;

import static org.stoa.shared.Words.say;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.rules.Timetable;
import org.stoa.catalog.rules.TypedMoment;
import org.stoa.enrollment.CourseStanding;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.WallClock;

/**
 * Through whose eyes a course is looked at.
 *
 * @param release number of the release; 0 for the draft
 * @param student with a place in the course, rather than signed out
 * @param on at which moment
 * @param joined when the student joined
 * @param done how many of the first lessons they have done
 * @param cohort the one they are in; null for none
 */
record Sight(
        int release, boolean student, Instant on, Instant joined, int done, @Nullable UUID cohort) {
    private static final String NUMBER = "[0-9]{1,6}";

    /**
     * @throws Problem.Invalid for {@code on}, {@code joined} or {@code done}
     */
    static Sight read(Map<String, String> typed, ZoneId zone, Instant now) {
        var errors = new ArrayList<FieldError>();
        var notes = new ArrayList<String>();
        var on = TypedMoment.read("on", typed.getOrDefault("on", ""), null, zone, errors, notes);
        var joined =
                TypedMoment.read(
                        "joined", typed.getOrDefault("joined", ""), null, zone, errors, notes);
        var done = typed.getOrDefault("done", "").strip();
        if (!done.isEmpty() && !done.matches(NUMBER)) {
            errors.add(new FieldError("done", say("rules.preview.number")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var release = typed.getOrDefault("of", "");
        var at = on == null ? now : on;
        return new Sight(
                release.matches(NUMBER) ? Integer.parseInt(release) : 0,
                !typed.getOrDefault("as", "").equals("visitor"),
                at,
                joined == null ? at : joined,
                done.isEmpty() ? 0 : Integer.parseInt(done),
                cohort(typed.getOrDefault("cohort", "")));
    }

    private static @Nullable UUID cohort(String typed) {
        try {
            return typed.isEmpty() ? null : UUID.fromString(typed);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** How such a person stands in the release. */
    CourseStanding standing(Release seen, Timetable timetable) {
        var finished = new HashSet<UUID>();
        seen.lessons().stream().limit(done).map(ReleaseLesson::id).forEach(finished::add);
        return new CourseStanding(
                seen.courseId(),
                seen.id(),
                student,
                student,
                null,
                null,
                student ? finished : java.util.Set.of(),
                Map.of(),
                student ? joined : null,
                timetable);
    }

    Map<String, String> typed(ZoneId zone) {
        var values = new HashMap<String, String>();
        values.put("of", release == 0 ? "draft" : Integer.toString(release));
        values.put("as", student ? "student" : "visitor");
        values.put("on", WallClock.typed(on, zone));
        values.put("joined", WallClock.typed(joined, zone));
        values.put("done", Integer.toString(done));
        values.put("cohort", cohort == null ? "" : cohort.toString());
        return values;
    }

    Sight with(int lessonsDone) {
        return new Sight(release, student, on, joined, Math.max(done, lessonsDone), cohort);
    }

    /** As the query of an address, with its question mark. */
    String query(ZoneId zone) {
        var values = typed(zone);
        return List.of("of", "as", "on", "joined", "done", "cohort").stream()
                .filter(it -> !values.getOrDefault(it, "").isEmpty())
                .map(it ->
                        it
                                + "="
                                + URLEncoder.encode(
                                        values.getOrDefault(it, ""), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
