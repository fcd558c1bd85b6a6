package org.stoa.interop.webhooks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.catalog.CoursePublished;
import org.stoa.enrollment.LearnerEnrolled;
import org.stoa.enrollment.LessonCompleted;
import org.stoa.jobs.JobCancelled;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Signals;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears what happens, and hands in jobs in the same transaction: one that spreads the event to the
 * addresses that want it, then one for each of them.
 */
@Component
class Announcements {
    /** The signal that a school's addresses changed; it carries the school's id. */
    private static final String CHANGED = "webhook-endpoints";

    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    /** What happened, to be told to whoever wants to know. */
    record Announcement(UUID event, String kind, String body) {}

    /** A delivery that is due. */
    record Delivery(UUID delivery) {}

    private static final JobKind<Announcement> SPREAD =
            new JobKind<>("announce-event", Announcement.class, JobKind.Lane.DEFAULT);
    private static final JobKind<Delivery> DELIVER =
            new JobKind<>("deliver-webhook", Delivery.class, JobKind.Lane.DEFAULT)
                    .timeLimit(Duration.ofMinutes(1));

    private final OutgoingStore store;
    private final Jobs jobs;
    private final TransactionTemplate transactions;
    private final Signals signals;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;
    // Most schools tell nobody, and their learners are not to wait for that.
    private final Cache<UUID, Boolean> listening =
            Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(REMEMBERED).build();

    Announcements(
            OutgoingStore store,
            Jobs jobs,
            org.springframework.transaction.PlatformTransactionManager transactionManager,
            DeliveryWork work,
            Signals signals,
            JsonMapper json,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.transactions = new TransactionTemplate(transactionManager);
        this.signals = signals;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        signals.listen(CHANGED, school -> listening.invalidate(UUID.fromString(school)));
        jobs.register(SPREAD, this::spread);
        jobs.register(DELIVER, due -> work.deliver(due.delivery(), this::deliver));
    }

    void changed(UUID school) {
        signals.send(CHANGED, school.toString());
    }

    @EventListener
    void on(CoursePublished event) {
        announce(
                event.organization(),
                OutgoingKind.COURSE_PUBLISHED,
                Map.of("course", event.course(), "release", event.release()));
    }

    @EventListener
    void on(LearnerEnrolled event) {
        announce(
                event.organization(),
                OutgoingKind.ENROLLMENT_CREATED,
                Map.of(
                        "enrollment", event.enrollment(),
                        "course", event.course(),
                        "learner", event.learner()));
    }

    @EventListener
    void on(LessonCompleted event) {
        announce(
                event.organization(),
                OutgoingKind.LESSON_COMPLETED,
                Map.of(
                        "lesson", event.lesson(),
                        "course", event.course(),
                        "learner", event.learner()));
    }

    private void announce(UUID school, OutgoingKind kind, Map<String, UUID> data) {
        if (!listening.get(school, store::anyoneListens)) {
            return;
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("type", kind.word());
        body.put("timestamp", clock.instant().toString());
        body.put("data", new java.util.TreeMap<>(data));
        var text = json.writeValueAsString(body);
        jobs.enqueue(SPREAD, new Announcement(ids.next(), kind.word(), text));
    }

    private void spread(Announcement it) {
        transactions.executeWithoutResult(status -> {
            var now = clock.instant();
            for (var delivery : store.spread(it.event(), it.kind(), it.body(), now)) {
                deliver(delivery, now);
            }
        });
    }

    @EventListener
    void on(JobCancelled event) {
        store.broken(event.job(), new Outgoing.Try(clock.instant(), 0, "Its job was taken back"));
    }

    /** Hands in a try, in the transaction at hand. */
    void deliver(UUID delivery, Instant due) {
        store.carriedBy(delivery, jobs.enqueue(DELIVER, new Delivery(delivery), due));
    }
}
