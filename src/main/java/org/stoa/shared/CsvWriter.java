package org.stoa.shared;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a table as RFC 4180 has it, in UTF-8. What a spreadsheet would take for a formula is put
 * behind an apostrophe, and so is what begins with one, so that whoever takes the apostrophe away
 * has every cell as it was.
 */
public final class CsvWriter implements Closeable {
    /** What a cell begins with that needs the apostrophe. */
    public static final String RISKY = "=+-@\t\r\n'";

    private final Writer out;

    public CsvWriter(OutputStream out, List<String> columns) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        row(columns);
    }

    public void row(List<String> cells) {
        try {
            for (int i = 0; i < cells.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                cell(cells.get(i));
            }
            out.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void cell(String text) throws IOException {
        boolean risky = !text.isEmpty() && RISKY.indexOf(text.charAt(0)) >= 0;
        var cell = risky ? "'" + text : text;
        if (cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')) {
            out.write(cell);
        } else {
            out.write('"');
            out.write(cell.replace("\"", "\"\""));
            out.write('"');
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
