package org.stoa.enrollment.records;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.stoa.shared.Ids;

/**
 * The learning of the caller's school, for those who administer it; each in the caller's
 * transaction.
 */
@Service
public class LearningRecords {
    /** Why somebody may have a place. */
    public static final Set<String> SOURCES =
            Set.of("free", "purchase", "subscription", "seat", "cohort", "hand");

    private final LearningRecordStore store;
    private final Ids ids;
    private final Clock clock;

    LearningRecords(LearningRecordStore store, Ids ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** Every place, by address and course. */
    public void places(Consumer<PlaceRecord> into) {
        store.places(into);
    }

    /** All progress, by address, course and lesson. */
    public void progress(Consumer<ProgressRecord> into) {
        store.progress(into);
    }

    /** What the school does not have that a record names. */
    public enum Missing {
        PERSON,
        COURSE,
        LESSON,
        PLACE
    }

    /** A record that could not be taken in. */
    public record Refused(int index, Missing missing) {}

    /** Places that are there already stay as they are. */
    public List<Refused> takePlaces(List<PlaceRecord> places) {
        var rows = new ArrayList<LearningRecordStore.PlaceRow>();
        for (int i = 0; i < places.size(); i++) {
            var place = places.get(i);
            var grant = place.grant();
            var ends = grant == null ? null : grant.endsAt();
            rows.add(
                    new LearningRecordStore.PlaceRow(
                            i,
                            ids.next().toString(),
                            ids.next().toString(),
                            place.email(),
                            place.course(),
                            place.status().word(),
                            place.enrolledAt().toString(),
                            place.lastActivityAt().toString(),
                            place.lastLesson(),
                            grant == null ? null : grant.source(),
                            grant == null ? null : grant.reference(),
                            grant == null ? null : grant.startsAt().toString(),
                            ends == null ? null : ends.toString()));
        }
        return store.addPlaces(rows, clock.instant());
    }

    /** What somebody has done since stays done. */
    public List<Refused> takeProgress(List<ProgressRecord> progress) {
        var rows = new ArrayList<LearningRecordStore.ProgressRow>();
        for (int i = 0; i < progress.size(); i++) {
            var one = progress.get(i);
            var completed = one.completedAt();
            rows.add(
                    new LearningRecordStore.ProgressRow(
                            i,
                            one.email(),
                            one.course(),
                            one.lesson(),
                            one.status().word(),
                            one.positionSeconds(),
                            one.startedAt().toString(),
                            completed == null ? null : completed.toString(),
                            one.updatedAt().toString()));
        }
        return store.addProgress(rows);
    }

    /** Counts learners and taken seats anew, once all places are in. */
    public void count() {
        store.countLearners(clock.instant());
        store.countSeats();
    }
}
