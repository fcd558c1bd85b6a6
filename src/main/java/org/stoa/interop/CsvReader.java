package org.stoa.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.CsvWriter;
import org.stoa.shared.Problem;

/** Reads what {@link CsvWriter} writes, a row at a time, however long the table is. */
final class CsvReader {
    private static final int LONGEST_CELL = 100_000;
    private static final int MOST_CELLS = 100;
    private static final int NOTHING_YET = -2;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Reader in;
    private final String file;
    private int next = NOTHING_YET;
    private int line = 1;

    /**
     * @param file what the table is called, for who must mend it
     */
    CsvReader(InputStream in, String file) throws IOException {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.in = new BufferedReader(new InputStreamReader(in, decoder), 1 << 16);
        this.file = file;
        if (peek() == BYTE_ORDER_MARK) {
            take();
        }
    }

    /**
     * One row.
     *
     * @param line where it begins, from 1
     */
    record Row(int line, List<String> cells) {}

    /**
     * The next row that is not blank; null after the last.
     *
     * @throws Problem.Invalid when this is no such table, or not in UTF-8
     */
    @Nullable Row next() throws IOException {
        while (peek() >= 0) {
            int begins = line;
            var cells = new ArrayList<String>();
            do {
                if (cells.size() == MOST_CELLS) {
                    throw broken(begins, "has more than 100 cells");
                }
                cells.add(meant(peek() == '"' ? quoted(begins) : plain(begins)));
            } while (another(begins));
            if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
                return new Row(begins, cells);
            }
        }
        return null;
    }

    private static String meant(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }

    private String plain(int begins) throws IOException {
        var cell = new StringBuilder();
        while (peek() != ',' && peek() != '\r' && peek() != '\n' && peek() >= 0) {
            add(cell, take(), begins);
        }
        return cell.toString();
    }

    private String quoted(int begins) throws IOException {
        var cell = new StringBuilder();
        take();
        while (true) {
            int c = take();
            if (c < 0) {
                throw broken(begins, "opens a quotation mark that is never closed");
            }
            if (c == '"') {
                if (peek() != '"') {
                    return cell.toString();
                }
                take();
            }
            add(cell, c, begins);
        }
    }

    private void add(StringBuilder cell, int c, int begins) {
        if (cell.length() == LONGEST_CELL) {
            throw broken(begins, "has a cell of more than 100,000 characters");
        }
        cell.append((char) c);
    }

    /** Passes what ends a cell; false when it ends the row too. */
    private boolean another(int begins) throws IOException {
        int c = take();
        if (c == ',') {
            return true;
        }
        if (c == '\r') {
            if (peek() == '\n') {
                take();
            } else {
                line++;
            }
        } else if (c != '\n' && c >= 0) {
            throw broken(begins, "has words after a closing quotation mark");
        }
        return false;
    }

    private int peek() throws IOException {
        if (next == NOTHING_YET) {
            try {
                next = in.read();
            } catch (CharacterCodingException e) {
                throw broken(line, "or one soon after it is not written in UTF-8");
            }
        }
        return next;
    }

    private int take() throws IOException {
        int taken = peek();
        next = NOTHING_YET;
        if (taken == '\n') {
            line++;
        }
        return taken;
    }

    private Problem.Invalid broken(int at, String how) {
        return new Problem.Invalid("file", "In " + file + ", line " + at + " " + how + ".");
    }
}
