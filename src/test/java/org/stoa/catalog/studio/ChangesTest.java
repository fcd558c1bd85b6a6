package org.stoa.catalog.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangesTest {
    @Test
    void whatWentStandsBeforeWhatCame() {
        assertThat(said("a\nb\nc\nd", "a\nB\nc\ne\nd"))
                .containsExactly(" a", "-b", "+B", " c", "+e", " d");
    }

    @Test
    void anEmptyTextHasNoLines() {
        assertThat(said("", "")).isEmpty();
        assertThat(said("", "a")).containsExactly("+a");
        assertThat(said("a", "")).containsExactly("-a");
    }

    @Test
    void theSameLineTwiceIsNotMistaken() {
        assertThat(said("a\na", "a")).containsExactly(" a", "-a");
        assertThat(said("x\ny\nx", "x\nx\ny")).containsExactly(" x", "-y", " x", "+y");
    }

    @Test
    void veryLongTextsWithNothingInCommonAreShownOneAfterTheOther() {
        var old = text("old ", 3_000);
        var now = text("new ", 3_000);
        assertThat(said(old, now)).hasSize(6_000).startsWith("-old 0").endsWith("+new 2999");
    }

    private static String text(String word, int lines) {
        return IntStream.range(0, lines).mapToObj(i -> word + i).collect(Collectors.joining("\n"));
    }

    private static List<String> said(String before, String after) {
        return Changes.between(before, after).stream()
                .map(line ->
                        switch (line.kind()) {
                                    case SAME -> " ";
                                    case GONE -> "-";
                                    case NEW -> "+";
                                }
                                + line.text())
                .toList();
    }
}
