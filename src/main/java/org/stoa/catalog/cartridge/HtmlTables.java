package org.stoa.catalog.cartridge;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Node;
import org.jsoup.nodes.Element;

/** HTML's tables as Markdown's: one row of heads, and a line in each cell. */
final class HtmlTables {
    private static final int MOST_COLUMNS = 60;
    private static final String TOO_MUCH_FOR_A_CELL =
            "ul, ol, dl, table, pre, blockquote, h1, h2, h3, h4, h5, h6, figure, details";

    private HtmlTables() {}

    static List<List<Element>> rows(Element table) {
        List<List<Element>> rows = new ArrayList<>();
        for (Element row : table.select("> tr, > thead > tr, > tbody > tr, > tfoot > tr")) {
            List<Element> cells =
                    row.children().stream()
                            .filter(it ->
                                    it.normalName().equals("td") || it.normalName().equals("th"))
                            .toList();
            if (!cells.isEmpty()) {
                rows.add(cells);
            }
        }
        return rows;
    }

    static boolean oneColumn(List<List<Element>> rows) {
        return rows.stream().allMatch(it -> it.size() < 2);
    }

    /** Whether it is a table, and not a page laid out in cells. */
    static boolean fits(List<List<Element>> rows) {
        return !oneColumn(rows)
                && rows.stream().allMatch(it -> it.size() <= MOST_COLUMNS)
                && rows.stream()
                        .flatMap(List::stream)
                        .allMatch(it -> it.selectFirst(TOO_MUCH_FOR_A_CELL) == null);
    }

    static boolean merged(List<List<Element>> rows) {
        return rows.stream()
                .flatMap(List::stream)
                .anyMatch(it -> wide(it, "colspan") || wide(it, "rowspan"));
    }

    private static boolean wide(Element cell, String attribute) {
        return cell.attr(attribute).matches("\\d*[2-9]|\\d+[01]");
    }

    static TableBlock table(List<List<Element>> rows, HtmlInlines inlines) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        TableBlock table = new TableBlock();
        TableHead head = new TableHead();
        head.appendChild(row(rows.getFirst(), columns, true, inlines));
        table.appendChild(head);
        TableBody body = new TableBody();
        rows.stream().skip(1).forEach(it -> body.appendChild(row(it, columns, false, inlines)));
        if (body.getFirstChild() != null) {
            table.appendChild(body);
        }
        return table;
    }

    private static Node row(List<Element> cells, int columns, boolean head, HtmlInlines inlines) {
        TableRow row = new TableRow();
        for (int i = 0; i < columns; i++) {
            TableCell cell = new TableCell();
            cell.setHeader(head);
            if (i < cells.size()) {
                inlines.line(cells.get(i).childNodes(), cell, HtmlInlines.Breaks.TAGS);
            }
            row.appendChild(cell);
        }
        return row;
    }
}
