package org.stoa.messaging.discussion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.stoa.catalog.Releases;
import org.stoa.catalog.markdown.Remarks;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.LookingAfterStore;
import org.stoa.messaging.discussion.NewsStore.Named;
import org.stoa.messaging.discussion.NewsStore.Told;
import org.stoa.messaging.notifications.Notifications;
import org.stoa.web.live.Audiences;

/**
 * Tells people of what is written in discussions: pages that have one open, to ask again; whoever a
 * post names, the course's staff of questions and reports, and the asker of answers. Whom a name
 * belongs to is settled by the school's office afterwards, since learners do not read the list of
 * members.
 */
@Component
class DiscussionNews {
    /** A post that was written or changed, or that somebody reported. */
    record Happened(UUID post, boolean reported) {}

    private static final JobKind<Happened> TELL =
            new JobKind<>("tell-of-post", Happened.class, JobKind.Lane.DEFAULT).inOneTransaction();
    private static final int MOST_NAMED = 10;
    private static final int MOST_CANDIDATES = 60;
    // Open pages ask anew every few minutes.
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final NewsStore store;
    private final LookingAfterStore lookingAfter;
    private final Notifications notifications;
    private final Releases releases;
    private final Audiences audiences;
    private final Jobs jobs;

    DiscussionNews(
            NewsStore store,
            LookingAfterStore lookingAfter,
            Notifications notifications,
            Releases releases,
            Audiences audiences,
            Jobs jobs) {
        this.store = store;
        this.lookingAfter = lookingAfter;
        this.notifications = notifications;
        this.releases = releases;
        this.audiences = audiences;
        this.jobs = jobs;
        jobs.register(TELL, this::tell);
    }

    /** The caller has a lesson's discussion open. */
    void join(UUID lesson) {
        audiences.join("discussion-" + lesson, KEPT);
    }

    void changed(UUID lesson) {
        audiences.tell("discussion-" + lesson, "discussion", "{\"about\":\"" + lesson + "\"}");
    }

    void written(UUID lesson, UUID post) {
        changed(lesson);
        jobs.enqueue(TELL, new Happened(post, false));
    }

    void reported(UUID post) {
        jobs.enqueue(TELL, new Happened(post, true));
    }

    private void tell(Happened happened) {
        store.post(happened.post())
                .ifPresent(post ->
                        releases.current(post.course())
                                .flatMap(release -> release.lesson(post.lesson()))
                                .ifPresent(lesson -> {
                                    var values =
                                            Map.of("who", post.author(), "lesson", lesson.title());
                                    if (happened.reported()) {
                                        tellOfReport(post, values);
                                    } else {
                                        tell(post, lesson.slug(), values);
                                    }
                                }));
    }

    private void tellOfReport(Told post, Map<String, String> values) {
        var path = "/studio/" + post.course() + "/discussion";
        notifications.tell(
                lookingAfter.of(post.courseId()),
                "reported",
                values,
                path,
                "reported " + post.id());
    }

    private void tell(Told post, String lesson, Map<String, String> values) {
        var path =
                "/learn/%s/%s/discussion?question=%s#p-%s"
                        .formatted(post.course(), lesson, post.question(), post.id());
        var told = new HashSet<>(Set.of(post.authorId()));
        var named = named(post);
        notifications.tell(fresh(named, told), "mentioned", values, path, "named " + post.id());
        if (post.id().equals(post.question())) {
            var staff = fresh(lookingAfter.of(post.courseId()), told);
            notifications.tell(staff, "asked", values, path, "asked " + post.id());
        } else {
            var asker = fresh(List.of(post.asker()), told);
            notifications.tell(asker, "answered", values, path, "answered " + post.id());
        }
        if (!named.isEmpty()) {
            changed(post.lesson());
        }
    }

    private static List<UUID> fresh(List<UUID> people, Set<UUID> told) {
        return people.stream().filter(told::add).toList();
    }

    /** Those of the course whom a post names, by the whole name, or the first where one has it. */
    private List<UUID> named(Told post) {
        var called =
                Remarks.called(post.markdown()).stream()
                        .map(it -> it.toLowerCase(Locale.ROOT))
                        .distinct()
                        .limit(MOST_CANDIDATES)
                        .toList();
        if (called.isEmpty()) {
            return List.of();
        }
        var people = store.named(post.courseId(), called);
        var names = new ArrayList<String>();
        var ids = new ArrayList<UUID>();
        for (var person : people) {
            if (ids.size() == MOST_NAMED) {
                break;
            }
            var name = said(person, called, people);
            if (!name.isEmpty()) {
                names.add(name);
                ids.add(person.id());
            }
        }
        store.mention(post.id(), names.stream().distinct().toList());
        return ids;
    }

    private static String said(Named person, List<String> called, List<Named> people) {
        if (called.contains(person.name().toLowerCase(Locale.ROOT))) {
            return person.name();
        }
        var first = person.first();
        boolean alone =
                people.stream().filter(it -> it.first().equalsIgnoreCase(first)).count() == 1;
        return alone && called.contains(first.toLowerCase(Locale.ROOT)) ? first : "";
    }
}
