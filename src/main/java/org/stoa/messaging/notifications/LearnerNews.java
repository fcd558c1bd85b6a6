package org.stoa.messaging.notifications;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.stoa.catalog.CoursePublished;
import org.stoa.catalog.LessonRules;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;
import org.stoa.enrollment.LearnerEnrolled;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.Mails;

/** Tells learners what happens in their courses, inside Stoa and by mail. */
@Component
class LearnerNews {
    /** A place that was given or given up. */
    record PlaceChanged(UUID enrollment) {}

    /**
     * A release, to be told to so many learners at a time.
     *
     * @param after the last one who was told
     */
    record Released(UUID course, UUID release, UUID after) {}

    private static final JobKind<PlaceChanged> PLACE =
            new JobKind<>("tell-of-place", PlaceChanged.class, JobKind.Lane.DEFAULT)
                    .inOneTransaction();
    private static final JobKind<Released> RELEASE =
            new JobKind<>("tell-of-release", Released.class, JobKind.Lane.BULK).inOneTransaction();
    private static final UUID FIRST = new UUID(0, 0);
    private static final int AT_ONCE = 200;

    private final NotificationStore store;
    private final Notifications notifications;
    private final Releases releases;
    private final Mails mails;
    private final Jobs jobs;

    LearnerNews(
            NotificationStore store,
            Notifications notifications,
            Releases releases,
            Mails mails,
            Jobs jobs) {
        this.store = store;
        this.notifications = notifications;
        this.releases = releases;
        this.mails = mails;
        this.jobs = jobs;
        jobs.register(PLACE, this::tell);
        jobs.register(RELEASE, this::tell);
    }

    @EventListener
    void on(LearnerEnrolled event) {
        jobs.enqueue(PLACE, new PlaceChanged(event.enrollment()));
    }

    @EventListener
    void on(CoursePublished event) {
        jobs.enqueue(RELEASE, new Released(event.course(), event.release(), FIRST));
    }

    /** The event also says that a place was given up; then there is nothing to tell. */
    private void tell(PlaceChanged change) {
        store.place(change.enrollment())
                .ifPresent(place -> {
                    var about = "enrolled " + change.enrollment();
                    var course = Map.of("course", place.title());
                    var path = "/learn/" + place.slug();
                    var told =
                            notifications.tell(
                                    List.of(place.learner()), "enrolled", course, path, about);
                    told.forEach(person ->
                            mails.send(
                                    MailKind.ENROLLED,
                                    person,
                                    Map.of("course", place.title(), "path", path),
                                    about));
                });
    }

    private void tell(Released job) {
        var history = releases.of(job.course());
        var release = releases.byId(job.release());
        var before =
                history.stream()
                        .filter(it -> it.number() < release.number() && !it.withdrawn())
                        .findFirst();
        // The first release has no learners, and one that was overtaken is no news.
        boolean latest =
                history.stream().noneMatch(it -> it.number() > release.number() && !it.withdrawn());
        if (before.isEmpty() || !latest) {
            return;
        }
        var learners = store.learners(job.course(), job.after(), AT_ONCE);
        if (learners.isEmpty()) {
            return;
        }
        tell(release, fresh(release, releases.byId(before.get().id())), learners);
        jobs.enqueue(RELEASE, new Released(job.course(), job.release(), learners.getLast()));
    }

    private void tell(Release release, List<ReleaseLesson> fresh, List<UUID> learners) {
        var path = "/learn/" + release.slug();
        var values = Map.of("course", release.title(), "lessons", String.valueOf(fresh.size()));
        var told =
                notifications.tell(learners, "released", values, path, "released " + release.id());
        if (fresh.isEmpty()) {
            return;
        }
        var lesson = fresh.getFirst();
        told.forEach(person ->
                mails.send(
                        MailKind.LESSON_OPEN,
                        person,
                        Map.of(
                                "course", release.title(),
                                "lesson", lesson.title(),
                                "path", path + "/" + lesson.slug()),
                        "released " + release.id() + " " + person));
    }

    /** Lessons that were not there before and that everybody in the course may read at once. */
    private static List<ReleaseLesson> fresh(Release release, Release before) {
        return release.lessons().stream()
                .filter(lesson -> before.lesson(lesson.id()).isEmpty())
                .filter(lesson -> lesson.rules().equals(LessonRules.NONE))
                .toList();
    }
}
