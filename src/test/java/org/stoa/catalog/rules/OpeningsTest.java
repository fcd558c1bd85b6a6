package org.stoa.catalog.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stoa.catalog.LessonRules;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseDocument;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.ReleaseModule;
import org.stoa.catalog.rules.Opening.Why;

/** What is open, by the rules, by where somebody stands, and by the clock. */
class OpeningsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant EARLIER = NOON.minus(Duration.ofDays(3));
    private static final Instant LATER = NOON.plus(Duration.ofDays(3));
    private static final LessonRules TASTE = new LessonRules(true, true, LATER, null, List.of());

    /** Rules of one lesson, behind another that has none. */
    private static Opening opening(LessonRules rules, Attendance person) {
        var release = release(LessonRules.NONE, rules);
        return new Openings(release, person, BERLIN, NOON).of(release.lessons().getLast());
    }

    private static Attendance since(Instant joined, UUID... done) {
        return Attendance.of(joined, Timetable.NONE, Set.of(done));
    }

    private static LessonRules at(Instant opens) {
        return new LessonRules(true, false, opens, null, List.of());
    }

    private static LessonRules days(int days, UUID... after) {
        return new LessonRules(true, false, null, days, List.of(after));
    }

    private static LessonRules after(int... lessons) {
        var ids = Arrays.stream(lessons).mapToObj(OpeningsTest::id).toList();
        return new LessonRules(true, false, null, null, ids);
    }

    @Test
    void withoutRulesALessonIsOpenToWhoeverHasAPlace() {
        assertThat(opening(LessonRules.NONE, since(EARLIER))).isEqualTo(Opening.OPEN);
        assertThat(opening(LessonRules.NONE, Attendance.OUTSIDE)).isEqualTo(Opening.OUTSIDE);
    }

    @Test
    void aTasteIsOpenToAnyoneWhateverElseIsSaid() {
        assertThat(opening(TASTE, Attendance.OUTSIDE).open()).isTrue();
        assertThat(opening(TASTE, since(EARLIER)).open()).isTrue();
    }

    @Test
    void aDateOpensALessonAtItsMomentAndNotBefore() {
        assertThat(opening(at(NOON.plusNanos(1)), since(EARLIER)))
                .isEqualTo(new Opening.Later(NOON.plusNanos(1), Why.DATE, List.of()));
        assertThat(opening(at(NOON), since(EARLIER)).open()).isTrue();
        assertThat(opening(at(EARLIER), since(EARLIER)).open()).isTrue();
    }

    @Test
    void daysCountFromJoiningAndZeroIsAtOnce() {
        assertThat(opening(days(0), since(NOON)).open()).isTrue();
        assertThat(opening(days(3), since(EARLIER)).open()).isTrue();
        assertThat(opening(days(4), since(EARLIER)).at())
                .isEqualTo(EARLIER.plus(Duration.ofDays(4)));
    }

    @Test
    void ofADateAndDaysTheLaterCounts() {
        var both = new LessonRules(true, false, LATER, 1, List.of());
        assertThat(opening(both, since(NOON)).at()).isEqualTo(LATER);
        var other = new LessonRules(true, false, LATER, 30, List.of());
        assertThat(opening(other, since(NOON)).at()).isAfter(LATER);
    }

    @Test
    void aLessonWaitsForThoseBeforeIt() {
        assertThat(opening(after(0), since(EARLIER)).before())
                .extracting(ReleaseLesson::title)
                .containsExactly("Lesson 0");
        assertThat(opening(after(0), since(EARLIER, id(0))).open()).isTrue();
        var unknown = new LessonRules(true, false, null, null, List.of(UUID.randomUUID()));
        assertThat(opening(unknown, since(EARLIER)).open()).as("gone from the release").isTrue();
    }

    @Test
    void bothADateAndALessonAreNamed() {
        var both = new LessonRules(true, false, LATER, null, List.of(id(0)));
        assertThat(opening(both, since(EARLIER)))
                .isInstanceOfSatisfying(
                        Opening.Later.class,
                        it -> {
                            assertThat(it.at()).isEqualTo(LATER);
                            assertThat(it.first()).hasSize(1);
                        });
    }

    @Test
    void whatIsDoneStaysOpenAndStaffIsKeptFromNothing() {
        assertThat(opening(at(LATER), since(EARLIER, id(1))).open()).isTrue();
        assertThat(opening(at(LATER), since(EARLIER).teaching()).open()).isTrue();
        assertThat(opening(at(LATER), Attendance.OUTSIDE.teaching()).open()).isTrue();
    }

    @Test
    void aCohortsCalendarTakesTheLessonsPlaceAndNothingOpensBeforeItBegins() {
        var own = new Timetable(EARLIER, Map.of(id(1), NOON.plusSeconds(60)));
        assertThat(opening(at(LATER), Attendance.of(EARLIER, own, Set.of())))
                .isEqualTo(new Opening.Later(NOON.plusSeconds(60), Why.CALENDAR, List.of()));
        var open = new Timetable(null, Map.of(id(1), EARLIER));
        assertThat(opening(at(LATER), Attendance.of(EARLIER, open, Set.of())).open()).isTrue();
        var begins = new Timetable(LATER, Map.of(id(1), EARLIER));
        assertThat(opening(LessonRules.NONE, Attendance.of(EARLIER, begins, Set.of())))
                .isEqualTo(new Opening.Later(LATER, Why.START, List.of()));
        var counted = new Timetable(NOON, Map.of());
        assertThat(opening(days(2), Attendance.of(EARLIER, counted, Set.of())).at())
                .as("days count from the cohort's start")
                .isEqualTo(NOON.plus(Duration.ofDays(2)));
    }

    /** A day is a day by the school's clocks, whether it has 23 hours or 25. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,    2026-03-28T09:00, 1, 2026-03-29T09:00, 23",
        "Europe/Berlin,    2026-10-24T09:00, 1, 2026-10-25T09:00, 25",
        "Europe/Berlin,    2026-03-28T02:30, 1, 2026-03-29T03:30, 24",
        "Europe/Berlin,    2026-10-24T02:30, 1, 2026-10-25T02:30, 24",
        "America/New_York, 2026-03-07T09:00, 1, 2026-03-08T09:00, 23",
        "America/New_York, 2026-10-31T09:00, 1, 2026-11-01T09:00, 25",
        "America/New_York, 2026-03-07T02:30, 1, 2026-03-08T03:30, 24",
        "Asia/Kathmandu,   2026-03-28T09:00, 7, 2026-04-04T09:00, 168",
        "UTC,              2028-02-28T09:00, 1, 2028-02-29T09:00, 24"
    })
    void daysKeepTheTimeOfTheDay(
            ZoneId zone, LocalDateTime joined, int days, LocalDateTime opens, int hours) {
        var since = joined.atZone(zone).toInstant();
        var release = release(days(days));
        var openings = new Openings(release, since(since), zone, since);
        var at = openings.of(release.lessons().getFirst()).at();
        assertThat(at).isNotNull();
        assertThat(LocalDateTime.ofInstant(at, zone)).isEqualTo(opens);
        assertThat(Duration.between(since, at)).isEqualTo(Duration.ofHours(hours));
    }

    /** Generated courses: what holds of all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"})
    void whateverTheRulesTimeOnlyOpens(String name) {
        var zone = ZoneId.of(name);
        for (long seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            var release = release(rules(random));
            var joined =
                    Instant.parse("2026-01-01T00:00:00Z")
                            .plus(random.nextInt(500_000), ChronoUnit.MINUTES);
            var done = new HashSet<UUID>();
            release.lessons().stream()
                    .filter(it -> random.nextInt(3) == 0)
                    .forEach(it -> done.add(it.id()));
            var timetable = random.nextInt(3) == 0 ? timetable(random, joined) : Timetable.NONE;
            var person = Attendance.of(joined, timetable, done);
            for (var lesson : release.lessons()) {
                holds(release, lesson, person, zone, joined);
            }
        }
    }

    private static void holds(
            Release release, ReleaseLesson lesson, Attendance person, ZoneId zone, Instant now) {
        var opening = new Openings(release, person, zone, now).of(lesson);
        var at = opening.at();
        if (at != null) {
            assertThat(at).isAfter(now);
            var then = new Openings(release, person, zone, at).of(lesson);
            assertThat(then.at()).as("nothing is later than said").isNull();
            var before = new Openings(release, person, zone, at.minusNanos(1)).of(lesson);
            assertThat(before.open()).as("nor sooner").isFalse();
        }
        var all = new HashSet<>(person.done());
        all.addAll(lesson.rules().after());
        var able = Attendance.of(person.since(), person.timetable(), all);
        var whenAble = new Openings(release, able, zone, at == null ? now : at);
        assertThat(whenAble.open(lesson)).as("what is said to open it does").isTrue();
        var muchLater = new Openings(release, able, zone, now.plus(4_000, ChronoUnit.DAYS));
        assertThat(muchLater.open(lesson)).isTrue();
    }

    @Test
    void onlyRequiredLessonsCountUnlessNoneIs() {
        var optional = new LessonRules(false, false, null, null, List.of());
        var mixed = release(LessonRules.NONE, optional, LessonRules.NONE);
        assertThat(mixed.counted())
                .extracting(ReleaseLesson::title)
                .containsExactly("Lesson 0", "Lesson 2");
        assertThat(mixed.strokes()).containsExactly(2);
        var free = release(optional, optional);
        assertThat(free.counted()).hasSize(2);
        assertThat(free.counts(free.lessons().getFirst())).isTrue();
    }

    private static LessonRules[] rules(Random random) {
        int lessons = 1 + random.nextInt(6);
        return IntStream.range(0, lessons)
                .mapToObj(i -> {
                    var after = new ArrayList<UUID>();
                    IntStream.range(0, i)
                            .filter(j -> random.nextInt(4) == 0)
                            .forEach(j -> after.add(id(j)));
                    var at =
                            Instant.parse("2026-01-01T00:00:00Z")
                                    .plus(random.nextInt(800_000), ChronoUnit.MINUTES);
                    return new LessonRules(
                            random.nextBoolean(),
                            random.nextInt(8) == 0,
                            random.nextInt(3) == 0 ? at : null,
                            random.nextInt(3) == 0 ? random.nextInt(400) : null,
                            after);
                })
                .toArray(LessonRules[]::new);
    }

    private static Timetable timetable(Random random, Instant joined) {
        var lessons = new HashMap<UUID, Instant>();
        for (int i = 0; i < 6; i++) {
            if (random.nextBoolean()) {
                lessons.put(
                        id(i), joined.plus(random.nextInt(900_000) - 100_000L, ChronoUnit.MINUTES));
            }
        }
        @Nullable Instant start =
                random.nextBoolean()
                        ? joined.plus(random.nextInt(90_000), ChronoUnit.MINUTES)
                        : null;
        return new Timetable(start, lessons);
    }

    private static UUID id(int lesson) {
        return new UUID(1, lesson);
    }

    private static Release release(LessonRules... rules) {
        var lessons =
                IntStream.range(0, rules.length)
                        .mapToObj(i ->
                                new ReleaseLesson(
                                        id(i),
                                        "lesson-" + i,
                                        "Lesson " + i,
                                        5,
                                        "1." + (i + 1),
                                        i,
                                        0,
                                        rules[i]))
                        .toList();
        var document =
                new ReleaseDocument(
                        "Knots",
                        "",
                        "",
                        List.of(),
                        "",
                        "en",
                        List.of(),
                        "",
                        List.of(),
                        List.of(new ReleaseModule("All", lessons)),
                        null);
        return new Release(id(90), id(91), 1, NOON, "knots", "", document);
    }
}
