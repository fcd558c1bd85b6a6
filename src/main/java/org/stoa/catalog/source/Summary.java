package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.Dialect;
import org.stoa.catalog.source.Plan.PlannedLesson;
import org.stoa.catalog.source.Plan.PlannedModule;

/** The outline in a SUMMARY.md as mdBook and GitBook write it, or docsify's _sidebar.md. */
final class Summary {
    private static final List<String> PLACES =
            List.of(
                    "SUMMARY.md",
                    "src/SUMMARY.md",
                    "docs/SUMMARY.md",
                    "book/SUMMARY.md",
                    "summary.md",
                    "_sidebar.md",
                    "docs/_sidebar.md");

    private record Part(String title, boolean named, List<PlannedLesson> lessons) {}

    private final Page page;
    private final PageReader reader;
    private final List<Finding> report;
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> listed = new HashSet<>();

    private Summary(Page page, PageReader reader, List<Finding> report) {
        this.page = page;
        this.reader = reader;
        this.report = report;
    }

    /** Null if the course has none, or one that lists no page. */
    static @Nullable Plan plan(
            Tree tree, PageReader reader, @Nullable Page titlePage, List<Finding> report) {
        for (String place : PLACES) {
            Page page = tree.file(place) == null ? null : reader.page(place);
            if (page != null) {
                Summary summary = new Summary(page, reader, report);
                List<PlannedModule> modules = summary.modules();
                if (!modules.isEmpty()) {
                    summary.reportUnlisted(tree);
                    return new Plan(titlePage, modules);
                }
            }
        }
        return null;
    }

    private List<PlannedModule> modules() {
        boolean inParts =
                Dialect.nodes(page.document()).stream().filter(Heading.class::isInstance).count()
                        > 1;
        boolean firstHeading = true;
        for (Node node = page.document().getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case Heading heading -> {
                    if (!firstHeading || heading.getLevel() > 1) {
                        parts.add(part(title(heading), true));
                    }
                    firstHeading = false;
                }
                case ListBlock list -> items(list, inParts);
                case Paragraph paragraph -> lone(paragraph);
                default -> {}
            }
        }
        Slugs keys = new Slugs();
        return parts.stream()
                .filter(part -> !part.lessons().isEmpty())
                .map(part -> new PlannedModule(key(part, keys), part.title(), part.lessons()))
                .toList();
    }

    private static String key(Part part, Slugs keys) {
        return keys.next(part.title(), part.lessons().getFirst().key());
    }

    private void items(ListBlock list, boolean inParts) {
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            boolean nested = Dialect.nodes(item).stream().anyMatch(ListBlock.class::isInstance);
            if (!nested || inParts) {
                Dialect.nodes(item).forEach(this::listing);
            } else {
                Node first = item.getFirstChild();
                String title = first == null ? "" : title(first);
                parts.add(part(title, true));
                Dialect.nodes(item).forEach(this::listing);
                parts.add(part("", false));
            }
        }
    }

    private String title(Node node) {
        String cut = Names.cutTitle(Dialect.text(node));
        if (cut != null) {
            report.add(Finding.warning(page.path(), page.line(node), cut));
        }
        return Names.title(Dialect.text(node));
    }

    private void lone(Paragraph paragraph) {
        Dialect.nodes(paragraph).forEach(this::listing);
    }

    private static Part part(String title, boolean named) {
        return new Part(title, named, new ArrayList<>());
    }

    private void listing(Node node) {
        if (!(node instanceof Link link)) {
            return;
        }
        Address address = Address.of(page.path(), link.getDestination());
        if (!address.inside() || !Names.markdown(address.path())) {
            return;
        }
        Page target = reader.page(address.path());
        if (target == null) {
            report.add(
                    Finding.error(
                            page.path(),
                            page.line(link),
                            say("imports.listedMissing", address.path())));
        } else if (listed.add(address.path())) {
            if (parts.isEmpty()) {
                parts.add(part("", false));
            }
            String title = title(link);
            parts.getLast().lessons().add(new PlannedLesson(address.path(), target, title, title));
        }
    }

    private void reportUnlisted(Tree tree) {
        for (String path : tree.files().keySet()) {
            if (Names.markdown(path)
                    && !listed.contains(path)
                    && !Names.notALesson(path)
                    && Names.introduction(path) == 0) {
                report.add(Finding.warning(path, null, say("imports.unlisted", page.path())));
            }
        }
    }
}
