package org.stoa.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
    @Test
    void everyStrokeIsALesson() {
        var meter = Meter.of(List.of(2, 3), 3, false);
        assertThat(meter.bright()).isEqualTo("M1 0v13M6 0v13M15 0v13");
        assertThat(meter.dark()).isEqualTo("M20 0v13M25 0v13");
        assertThat(meter.width()).isEqualTo(26);
    }

    @Test
    void theLessonUnderWayIsLitInPart() {
        assertThat(Meter.of(List.of(2, 3), 2, true).bright()).endsWith("M15 13v-5");
    }

    @Test
    void aLongCourseHasAStrokeForEveryModule() {
        var meter = Meter.of(List.of(30, 30, 30), 45, false);
        assertThat(meter.strokes()).isEqualTo(List.of(3));
        assertThat(meter.lit()).isEqualTo(1);
        assertThat(meter.share()).isEqualTo(50);
    }

    @Test
    void onlyTheLastLessonFinishesACourse() {
        assertThat(Meter.of(List.of(2, 3), 4, true).finished()).isFalse();
        assertThat(Meter.of(List.of(2, 3), 5, true).finished()).isTrue();
        assertThat(Meter.of(List.of(), 0, false).finished()).isFalse();
    }
}
