package org.stoa.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.catalog.Releases;
import org.stoa.catalog.publishing.Schedules.Wish;
import org.stoa.catalog.studio.CourseDesk;
import org.stoa.catalog.studio.Outlines;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;

/** Publishing at a set time, once, whatever happens. */
@StoaTest
class SchedulesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Schedules schedules;
    private final Releases releases;
    private final Outlines outlines;
    private final ServiceDatabase service;
    private final Ids ids;
    private final Clock clock;
    private Caller tara;
    private Caller office;
    private String course = "";

    @Autowired
    SchedulesTest(
            Schedules schedules,
            Releases releases,
            Outlines outlines,
            ServiceDatabase service,
            Ids ids,
            Clock clock) {
        this.schedules = schedules;
        this.releases = releases;
        this.outlines = outlines;
        this.service = service;
        this.ids = ids;
        this.clock = clock;
    }

    @BeforeEach
    void aCourse() throws Exception {
        var school = new School(service, ids);
        tara = school.member("Tara", Role.TEACHER);
        office = Caller.office(school.organization);
        course = tara.call(() -> outlines.begin("Knots"));
        var module = tara.call(() -> outlines.addModule(course, "Loops"));
        tara.call(() -> outlines.addLesson(course, module, "Bowline"));
    }

    @Test
    void theDraftOfThatTimeIsPublishedInTheNameOfWhoWishedIt() throws Exception {
        at(2, "In time");
        var module = tara.call(() -> outlines.addModule(course, "Late"));
        tara.call(() -> outlines.addLesson(course, module, "Sheet bend"));
        await().atMost(PATIENCE).until(() -> count() == 1);
        var release = tara.call(() -> releases.of(course)).getFirst();
        assertThat(release.by()).isEqualTo("Tara");
        assertThat(release.note()).isEqualTo("In time");
        assertThat(tara.call(() -> releases.current(course)).orElseThrow().lessons()).hasSize(2);
        assertThat(desk().scheduled()).isNull();
    }

    @Test
    void aTimeThatIsChangedOrCalledOffCountsNoMore() throws Exception {
        at(1, "Too soon");
        at(3_600, "Later");
        var other = tara.call(() -> outlines.begin("Marker"));
        var module = tara.call(() -> outlines.addModule(other, "M"));
        tara.call(() -> outlines.addLesson(other, module, "L"));
        tara.run(() -> schedules.publishAt(other, clock.instant().plusSeconds(2), ""));
        await().atMost(PATIENCE).until(() -> !tara.call(() -> releases.of(other)).isEmpty());
        assertThat(count()).isZero();
        assertThat(scheduled().note()).isEqualTo("Later");
        tara.run(() -> schedules.callOff(course));
        assertThat(desk().scheduled()).isNull();
    }

    @Test
    void ofManyWhoTryAtOnceOnePublishes() throws Exception {
        at(3_600, "");
        var wish = wish();
        try (var nodes = Executors.newFixedThreadPool(8)) {
            var tries =
                    IntStream.range(0, 8)
                            .<Callable<Void>>mapToObj(i ->
                                    () -> {
                                        office.run(() -> schedules.publish(wish));
                                        return null;
                                    })
                            .toList();
            for (var one : nodes.invokeAll(tries)) {
                one.get();
            }
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void whatCannotBePublishedIsToldToItsTeacherAndMayBeSetAgain() throws Exception {
        at(2, "");
        var lessons = desk().outline().modules().getFirst().lessons();
        tara.run(() -> outlines.bin(course, lessons.stream().map(it -> it.id()).toList()));
        await().atMost(PATIENCE).until(() -> scheduled().failure() != null);
        assertThat(scheduled().failure()).contains("needs a lesson");
        assertThat(count()).isZero();
        at(3_600, "");
        assertThat(scheduled().failure()).isNull();
    }

    @Test
    void noteAndCourseAreLookedAtWhenTheTimeIsSet() {
        assertThatThrownBy(() -> at(60, "x".repeat(2_001)))
                .isInstanceOf(Problem.Invalid.class)
                .hasMessageContaining("2,000");
        assertThatThrownBy(() -> tara.run(() -> schedules.callOff("nothing")))
                .isInstanceOf(Problem.NotFound.class);
    }

    private void at(int seconds, String note) {
        tara.run(() -> schedules.publishAt(course, clock.instant().plusSeconds(seconds), note));
    }

    private CourseDesk desk() throws Exception {
        return tara.call(() -> outlines.desk(course));
    }

    private CourseDesk.Scheduled scheduled() throws Exception {
        return java.util.Objects.requireNonNull(desk().scheduled());
    }

    private int count() throws Exception {
        return tara.call(() -> releases.of(course)).size();
    }

    private Wish wish() {
        return new Wish(
                service.sql("select id from scheduled_releases where organization_id = :school")
                        .param("school", tara.school().id())
                        .query(java.util.UUID.class)
                        .single());
    }
}
