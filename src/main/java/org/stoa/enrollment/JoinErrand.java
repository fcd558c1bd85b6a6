package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.stoa.catalog.Release;
import org.stoa.catalog.Releases;
import org.stoa.web.access.Errand;

/** Joins the course at which somebody clicked before they were signed in. */
@Component
class JoinErrand implements Errand {
    private static final Pattern ADDRESS = Pattern.compile("/courses/([a-z0-9-]{1,80})/join");

    private final Enrollments enrollments;
    private final Admissions admissions;
    private final Releases releases;

    JoinErrand(Enrollments enrollments, Admissions admissions, Releases releases) {
        this.enrollments = enrollments;
        this.admissions = admissions;
        this.releases = releases;
    }

    @Override
    public Optional<String> words(String address) {
        return course(address).map(course -> say("learn.join.errand", course.title()));
    }

    @Override
    public String done(String address) {
        var slug = course(address).orElseThrow().slug();
        // Where there are groups, they choose one first.
        if (!admissions.of(slug).cohorts().isEmpty()) {
            return "/courses/" + slug + "/join";
        }
        return switch (enrollments.enroll(slug)) {
            case Enrolled.Opened o -> "/learn/" + slug;
            case Enrolled.Already a -> "/learn/" + slug;
            case Enrolled.Full f -> "/courses/" + slug;
            case Enrolled.Refused(var course, Admission.ForSale s) -> Sales.page(slug);
            case Enrolled.Refused r -> "/courses/" + slug;
        };
    }

    private Optional<Release> course(String address) {
        var named = ADDRESS.matcher(address);
        return named.matches() ? releases.current(named.group(1)) : Optional.empty();
    }
}
