package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.source.Plan.PlannedLesson;
import org.stoa.catalog.source.Plan.PlannedModule;

/**
 * The outline of a course that declares none: folders are modules, pages lessons. The rules stand
 * in docs/course-format.md.
 */
final class Folders {
    private static final Set<String> PROGRAMS =
            Set.of("package.json", "pom.xml", "Cargo.toml", "pyproject.toml", "go.mod");

    private final Tree tree;
    private final PageReader reader;
    private final List<Finding> report;
    private final Map<String, List<Page>> pages = new TreeMap<>();
    private final Map<String, Page> introductions = new TreeMap<>();
    private final Map<String, TreeSet<String>> children = new TreeMap<>();
    private final Order order;

    Folders(Tree tree, PageReader reader, List<Finding> report) {
        this.tree = tree;
        this.reader = reader;
        this.report = report;
        this.order = new Order(introductions);
        gather();
    }

    /** The first introduction on the way down to the course's content. */
    @Nullable Page titlePage() {
        String at = "";
        while (true) {
            Page page = introductions.get(at);
            if (page != null || !loose(at).isEmpty() || kids(at).size() != 1) {
                return page;
            }
            at = kids(at).getFirst();
        }
    }

    Plan plan() {
        Page titlePage = titlePage();
        String content = "";
        while (loose(content).isEmpty() && kids(content).size() == 1) {
            content = kids(content).getFirst();
        }
        List<PlannedModule> modules = modules(content, titlePage);
        if (modules.isEmpty() && titlePage != null) {
            modules.add(module(".", "", List.of(titlePage)));
        }
        return new Plan(titlePage, modules);
    }

    private List<PlannedModule> modules(String content, @Nullable Page titlePage) {
        List<PlannedModule> modules = new ArrayList<>();
        List<Page> loose = new ArrayList<>(loose(content));
        Page introduction = introductions.get(content);
        if (introduction != null && introduction != titlePage && teaches(introduction, 2)) {
            loose.addFirst(introduction);
        }
        if (eachOnePage(content)) {
            List<Page> all = new ArrayList<>();
            ordered(content).forEach(item -> all.addAll(pagesOf(item)));
            if (!all.isEmpty()) {
                modules.add(module(content.isEmpty() ? "." : content, "", all));
            }
            return modules;
        }
        boolean looseWritten = loose.isEmpty();
        for (String item : ordered(content)) {
            if (children.containsKey(item) || pages.containsKey(item)) {
                modules.addAll(expand(item, ""));
            } else if (!looseWritten) {
                modules.add(looseModule(content, loose));
                looseWritten = true;
            }
        }
        if (!looseWritten) {
            modules.addFirst(looseModule(content, loose));
        }
        return modules;
    }

    private PlannedModule looseModule(String content, List<Page> loose) {
        Set<Page> inOrder = new java.util.LinkedHashSet<>();
        loose.stream().filter(it -> Names.introduction(it.path()) > 0).forEach(inOrder::add);
        ordered(content).stream()
                .map(reader::page)
                .filter(page -> page != null && loose.contains(page))
                .forEach(inOrder::add);
        return module(content.isEmpty() ? "." : content, "", List.copyOf(inOrder));
    }

    /** A folder with pages is one module; one that only holds folders gives way to them. */
    private List<PlannedModule> expand(String folder, String before) {
        boolean container = loose(folder).isEmpty() && introductions.get(folder) == null;
        if (!container || eachOnePage(folder)) {
            List<Page> all = pagesOf(folder);
            return all.isEmpty()
                    ? List.of()
                    : List.of(module(folder, before + moduleTitle(folder), all));
        }
        String name = Names.last(folder);
        String prefix = Names.generic(name) ? before : before + Names.spoken(name) + ": ";
        return ordered(folder).stream().flatMap(kid -> expand(kid, prefix).stream()).toList();
    }

    private PlannedModule module(String key, String title, List<Page> lessons) {
        List<PlannedLesson> planned =
                lessons.stream()
                        .map(page ->
                                new PlannedLesson(page.path(), page, null, fallbackTitle(page)))
                        .toList();
        return new PlannedModule(key, Names.title(title), planned);
    }

    private String fallbackTitle(Page page) {
        String linked = linkText(page.path());
        if (linked != null) {
            return linked;
        }
        String folder = Names.folder(page.path());
        boolean introduces = Names.introduction(page.path()) > 0 && !folder.isEmpty();
        return Names.spoken(introduces ? folder : page.path());
    }

    private String moduleTitle(String folder) {
        Page introduction = introductions.get(folder);
        String own = introduction == null ? null : introduction.title();
        if (introduction != null && own != null) {
            Finding cut = introduction.cutTitle();
            if (cut != null) {
                report.add(cut);
            }
            return own;
        }
        String linked = introduction == null ? null : linkText(introduction.path());
        if (linked == null) {
            linked = linkText(folder);
        }
        return linked != null ? linked : Names.spoken(folder);
    }

    /** How the nearest introduction above calls this path; null if none links to it. */
    private @Nullable String linkText(String path) {
        for (String at = Names.folder(path); ; at = Names.folder(at)) {
            Page introduction = introductions.get(at);
            if (introduction != null && !introduction.path().equals(path)) {
                for (Page.Reference reference : introduction.references()) {
                    if (reference.target().equals(path) && !reference.text().isEmpty()) {
                        return reference.text();
                    }
                }
            }
            if (at.isEmpty()) {
                return null;
            }
        }
    }

    /** A folder's introduction and pages, and those of the folders in it, in reading order. */
    private List<Page> pagesOf(String item) {
        Page page = reader.page(item);
        if (page != null) {
            return List.of(page);
        }
        List<Page> found = new ArrayList<>();
        Page introduction = introductions.get(item);
        if (introduction != null) {
            if (teaches(introduction, count(item))) {
                found.add(introduction);
            } else {
                report.add(Finding.info(introduction.path(), null, say("imports.introduces")));
            }
        }
        ordered(item).forEach(inside -> found.addAll(pagesOf(inside)));
        return found;
    }

    private static boolean teaches(Page introduction, int pagesInFolder) {
        return pagesInFolder == 1 || Prose.teaches(introduction);
    }

    private int count(String folder) {
        int count = loose(folder).size() + (introductions.containsKey(folder) ? 1 : 0);
        return count + kids(folder).stream().mapToInt(this::count).sum();
    }

    private boolean eachOnePage(String folder) {
        List<String> kids = kids(folder);
        return kids.size() > 1 && kids.stream().allMatch(kid -> count(kid) == 1);
    }

    private List<Page> loose(String folder) {
        return pages.getOrDefault(folder, List.of());
    }

    private List<String> kids(String folder) {
        return List.copyOf(children.getOrDefault(folder, new TreeSet<>()));
    }

    private List<String> ordered(String folder) {
        Map<String, @Nullable Double> items = new LinkedHashMap<>();
        loose(folder).forEach(page -> items.put(page.path(), page.weight()));
        for (String kid : kids(folder)) {
            Page introduction = introductions.get(kid);
            items.put(kid, introduction == null ? null : introduction.weight());
        }
        return order.of(folder, items);
    }

    private void gather() {
        Set<String> leftOut = new HashSet<>();
        for (String path : tree.files().keySet()) {
            if (!Names.markdown(path) || !belongs(path, leftOut)) {
                continue;
            }
            Page page = reader.page(path);
            if (page == null) {
                continue;
            }
            if (page.draft()) {
                report.add(Finding.info(path, null, say("imports.draft")));
                continue;
            }
            place(page);
        }
    }

    private boolean belongs(String path, Set<String> leftOut) {
        String folder = "";
        String[] names = path.split("/", -1);
        for (int depth = 0; depth < names.length - 1; depth++) {
            folder = Names.under(folder, names[depth]);
            if (Names.translationFolder(names[depth])) {
                if (leftOut.add(folder)) {
                    report.add(Finding.info(folder, null, say("imports.translations")));
                }
                return false;
            }
            if (depth == names.length - 2 && Names.introduction(path) > 0 && program(folder)) {
                report.add(Finding.info(path, null, say("imports.program")));
                return false;
            }
        }
        if (Names.translated(path)) {
            report.add(Finding.info(path, null, say("imports.translation")));
            return false;
        }
        return !Names.notALesson(path);
    }

    private boolean program(String folder) {
        return PROGRAMS.stream().anyMatch(file -> tree.file(Names.under(folder, file)) != null);
    }

    private void place(Page page) {
        String folder = Names.folder(page.path());
        int rank = Names.introduction(page.path());
        Page there = introductions.get(folder);
        if (rank > 0 && (there == null || rank > Names.introduction(there.path()))) {
            introductions.put(folder, page);
            if (there != null) {
                pages.computeIfAbsent(folder, it -> new ArrayList<>()).add(there);
            }
        } else {
            pages.computeIfAbsent(folder, it -> new ArrayList<>()).add(page);
        }
        for (String at = folder; !at.isEmpty(); at = Names.folder(at)) {
            children.computeIfAbsent(
                            Names.folder(at), it -> new TreeSet<>(Comparator.naturalOrder()))
                    .add(at);
        }
    }
}
