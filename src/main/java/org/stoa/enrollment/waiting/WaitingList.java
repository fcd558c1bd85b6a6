package org.stoa.enrollment.waiting;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.Release;
import org.stoa.catalog.Releases;
import org.stoa.catalog.rules.PlacesChanged;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;

/**
 * The line before a course that is full. When a place becomes free, a job keeps it for the first in
 * line and tells them; nobody else can take it in that time, and after it the next one is asked.
 */
@Service
public class WaitingList {
    /** How long somebody has to take the place that is kept for them. */
    static final Duration KEPT = Duration.ofHours(48);

    private static final int MANY = 1_000;
    private static final JobKind<Freed> OFFER =
            new JobKind<>("offer-places", Freed.class, JobKind.Lane.DEFAULT).inOneTransaction();

    private final WaitingListStore store;
    private final Releases releases;
    private final Jobs jobs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    WaitingList(
            WaitingListStore store,
            Releases releases,
            Jobs jobs,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.releases = releases;
        this.jobs = jobs;
        this.events = events;
        this.clock = clock;
        jobs.register(OFFER, this::offer);
    }

    /** A course in which a place may be free. */
    record Freed(UUID course) {}

    /** A course that somebody waits for. */
    public record Full(String slug, String title) {}

    /**
     * How somebody stands in line.
     *
     * @param number 1 for the first
     * @param heldUntil until when a place is kept for them; null where none is
     */
    public record Turn(int number, @Nullable Instant heldUntil) {
        public boolean held() {
            return heldUntil != null;
        }
    }

    /**
     * Puts somebody into line; whoever is there keeps their turn. Takes part in what is at hand.
     */
    @Transactional
    public void await(UUID person, UUID course) {
        store.add(person, course, clock.instant());
        // A place may have become free while they asked.
        jobs.enqueue(OFFER, new Freed(course));
    }

    /**
     * The caller, before a published course.
     *
     * @throws Problem.NotFound when there is no such course
     */
    @Transactional
    public void join(String slug) {
        await(Caller.current().personId(), course(slug).courseId());
    }

    /** The caller leaves the line; a place that was kept for them goes to the next. */
    @Transactional
    public void leave(String slug) {
        gaveUp(Caller.current().personId(), course(slug).courseId());
    }

    /** How the caller stands in line; empty where they do not. */
    public Optional<Turn> turn(UUID course) {
        var caller = Caller.current();
        return Caller.office(caller.school())
                .get(() -> store.turn(caller.personId(), course, clock.instant()));
    }

    /**
     * Who waits, the first in line first.
     *
     * @throws Problem.NotFound when there is no such course
     */
    public Slice<Waiting> list(String slug, @Nullable String cursor, int limit) {
        var id = course(slug).courseId();
        return Caller.office(Caller.current().school())
                .get(() ->
                        Slice.of(
                                store.list(id, Slice.after(cursor), limit + 1),
                                limit,
                                Waiting::person));
    }

    /**
     * The place that is kept for somebody becomes theirs, in the transaction at hand: it counts as
     * taken already.
     *
     * @return false where none is kept for them
     */
    @Transactional
    public boolean claim(UUID person, UUID course) {
        store.lock(course);
        return store.claim(person, course, clock.instant());
    }

    private void gaveUp(UUID person, UUID course) {
        store.lock(course);
        seated(person, course);
    }

    /** Somebody is in, with a place that they have locked by taking it: they wait no more. */
    @Transactional
    public void seated(UUID person, UUID course) {
        if (store.remove(person, course)) {
            jobs.enqueue(OFFER, new Freed(course));
        }
    }

    /** A place of the course is free, if it has a limit at all. */
    @Transactional
    public void freed(UUID course) {
        if (store.limited(course)) {
            jobs.enqueue(OFFER, new Freed(course));
        }
    }

    @EventListener
    void on(PlacesChanged event) {
        jobs.enqueue(OFFER, new Freed(event.course()));
    }

    private void offer(Freed freed) {
        var now = clock.instant();
        var course = freed.course();
        store.lock(course);
        store.tidy(course, now);
        int free = store.lock(course).map(it -> it.capacity() - it.taken()).orElse(MANY);
        if (free <= 0) {
            return;
        }
        var until = now.plus(KEPT);
        var next = store.offer(course, Math.min(free, MANY), now, until);
        next.forEach(it -> events.publishEvent(new PlaceOffered(course, it, until)));
        if (!next.isEmpty()) {
            jobs.enqueue(OFFER, new Freed(course), until);
        }
    }

    /** The course that somebody waits for; empty when it is not published any more. */
    public Optional<Full> of(UUID course) {
        return store.course(course);
    }

    Release course(String slug) {
        return releases.current(slug)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noCourseHere")));
    }
}
