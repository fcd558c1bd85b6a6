package org.stoa.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stoa.shared.CsvWriter;
import org.stoa.shared.Problem;

/** Tables keep every cell as it was, and no spreadsheet runs one. */
class CsvTest {
    private static final List<String> NASTY =
            List.of(
                    "",
                    " spaces around ",
                    "=1+1",
                    "+49 30 1234",
                    "-2",
                    "@SUM(A1)",
                    "\ttab",
                    "\rreturn",
                    "\nline",
                    "'quoted'",
                    "''",
                    "say \"hello\", she said",
                    "two\r\nlines",
                    "Ælfrida, Ñandú 🎓 ‏עברית",
                    "a,b",
                    "\"");

    @Test
    void everyCellComesBackAsItWas() throws IOException {
        var rows = new ArrayList<List<String>>();
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            rows.add(
                    List.of(
                            "row " + i,
                            NASTY.get(random.nextInt(NASTY.size())),
                            NASTY.get(random.nextInt(NASTY.size()))
                                    + NASTY.get(random.nextInt(NASTY.size()))));
        }
        assertThat(read(write(rows))).isEqualTo(rows);
    }

    @Test
    void noCellBeginsAsAFormulaDoes() throws IOException {
        var rows = NASTY.stream().map(it -> List.of("x", it)).toList();
        var text = new String(write(rows), StandardCharsets.UTF_8);
        assertThat(text).doesNotContainPattern("[,\n]\"?[=+@\t-]").contains("\r\n");
    }

    @Test
    void whatASpreadsheetSavedIsReadToo() throws IOException {
        var text = "\uFEFFa,b\n1,\"2\n3\"\n\n4\r5,6";
        assertThat(read(text.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        List.of("a", "b"), List.of("1", "2\n3"), List.of("4"), List.of("5", "6"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "~a,\"b~|line 1 opens a quotation mark that is never closed",
                "~a\n\"b\"c~|line 2 has words after a closing quotation mark",
                "~a\nÿ~|line 1 or one soon after it is not written in UTF-8",
            },
            delimiter = '|')
    void whatIsNoTableIsNamedWithItsLine(String text, String message) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(Problem.Invalid.class)
                .hasMessageContaining("In t.csv, " + message);
    }

    private static byte[] write(List<List<String>> rows) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var csv = new CsvWriter(out, rows.getFirst())) {
            rows.stream().skip(1).forEach(csv::row);
        }
        return out.toByteArray();
    }

    private static List<List<String>> read(byte[] bytes) throws IOException {
        var reader = new CsvReader(new ByteArrayInputStream(bytes), "t.csv");
        var rows = new ArrayList<List<String>>();
        for (var row = reader.next(); row != null; row = reader.next()) {
            rows.add(row.cells());
        }
        return rows;
    }
}
