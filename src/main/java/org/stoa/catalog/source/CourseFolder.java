package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.Dialect;
import org.stoa.catalog.markdown.ReadingTime;
import org.stoa.catalog.source.CourseSource.SourceFile;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.catalog.source.CourseSource.SourceModule;
import org.stoa.catalog.source.Plan.PlannedLesson;
import org.stoa.catalog.source.Plan.PlannedModule;
import org.stoa.shared.Problem;

/** Reads a course from a folder, in the format of docs/course-format.md. */
public final class CourseFolder {
    private static final Pattern BOOK_TITLE =
            Pattern.compile("(?m)^\\s*title\\s*=\\s*[\"'](.+?)[\"']");

    private final List<Finding> report = new ArrayList<>();
    private final Tree tree;
    private final PageReader reader;
    private final List<String> names;

    private CourseFolder(Path folder, String... names) {
        this.tree = Tree.of(folder, report);
        this.reader = new PageReader(tree, report);
        this.names = new ArrayList<>(List.of(names));
        this.names.add(tree.rootName());
    }

    /**
     * @throws Problem.Invalid if there is no such folder, no lesson in it, or a course.yaml that is
     *     not YAML
     */
    public static CourseSource read(Path folder) {
        return new CourseFolder(folder).read();
    }

    /**
     * @param name what it was called where it came from; empty if that is not known
     */
    public static CourseSource read(Path folder, String name) {
        return new CourseFolder(folder, name).read();
    }

    private CourseSource read() {
        CourseYaml declared = CourseYaml.read(tree, reader, report);
        Plan plan = plan(declared);
        Map<String, String> keys = new HashMap<>();
        for (PlannedModule module : plan.modules()) {
            module.lessons().forEach(lesson -> keys.put(lesson.page().path(), lesson.key()));
        }
        requireLessons(keys);
        String own = title(declared, plan);
        String title = own == null ? afterFirstLesson(plan) : own;
        InnerLinks links = new InnerLinks(tree, keys, report);
        List<SourceModule> modules = modules(plan, title, links);
        return new CourseSource(
                declared.id,
                title,
                own != null,
                summary(declared, plan),
                declared.category,
                declared.tags,
                declared.level,
                declared.language.isEmpty() ? "en" : declared.language,
                declared.outcomes,
                declared.audience,
                modules,
                files(links, declared.cover),
                declared.cover,
                List.copyOf(new LinkedHashSet<>(report)),
                declared.terms,
                null);
    }

    private static void requireLessons(Map<String, String> keys) {
        if (keys.isEmpty()) {
            throw new Problem.Invalid("file", say("imports.noLessons"));
        }
    }

    private List<SourceModule> modules(Plan plan, String title, InnerLinks links) {
        Slugs slugs = new Slugs();
        return plan.modules().stream()
                .map(module ->
                        new SourceModule(
                                module.key(),
                                module.title().isEmpty() ? title : module.title(),
                                module.lessons().stream()
                                        .map(lesson -> lesson(lesson, links, slugs))
                                        .toList()))
                .toList();
    }

    private String summary(CourseYaml declared, Plan plan) {
        return declared.summary.isEmpty() && plan.titlePage() != null
                ? Prose.summary(plan.titlePage(), report)
                : declared.summary;
    }

    private Plan plan(CourseYaml declared) {
        List<PlannedModule> modules = declared.modules;
        if (modules != null && !modules.isEmpty()) {
            reportUnlisted(modules);
            return new Plan(reader.page("README.md"), modules);
        }
        List<Finding> ofFolders = new ArrayList<>();
        Folders folders = new Folders(tree, reader, ofFolders);
        Plan summary = Summary.plan(tree, reader, folders.titlePage(), report);
        if (summary != null) {
            return summary;
        }
        Plan plan = folders.plan();
        report.addAll(ofFolders);
        return plan;
    }

    private void reportUnlisted(List<PlannedModule> modules) {
        Set<String> listed =
                modules.stream()
                        .flatMap(module -> module.lessons().stream())
                        .map(lesson -> lesson.page().path())
                        .collect(Collectors.toSet());
        for (String path : tree.files().keySet()) {
            if (Names.markdown(path)
                    && !listed.contains(path)
                    && !Names.notALesson(path)
                    && Names.introduction(path) == 0) {
                report.add(Finding.warning(path, null, say("imports.unlistedYaml")));
            }
        }
    }

    /** What the course calls itself, or is called where it lies; null if nothing names it. */
    private @Nullable String title(CourseYaml declared, Plan plan) {
        if (!declared.title.isEmpty()) {
            return declared.title;
        }
        Page titlePage = plan.titlePage();
        String own = titlePage == null ? null : titlePage.title();
        if (titlePage != null && own != null) {
            tellIfCut(titlePage);
        }
        if (own == null) {
            own = bookTitle();
        }
        if (own != null && !own.isEmpty()) {
            return own;
        }
        return names.stream().filter(Names::telling).map(Names::spoken).findFirst().orElse(null);
    }

    private String afterFirstLesson(Plan plan) {
        report.add(Finding.info("", null, say("imports.unnamed")));
        return plan.modules().stream()
                .flatMap(module -> module.lessons().stream())
                .findFirst()
                .orElseThrow()
                .settledTitle();
    }

    private void tellIfCut(Page page) {
        Finding cut = page.cutTitle();
        if (cut != null) {
            report.add(cut);
        }
    }

    private @Nullable String bookTitle() {
        Path book = tree.file("book.toml");
        try {
            if (book != null && Files.size(book) < 100_000) {
                Matcher title =
                        BOOK_TITLE.matcher(reader.decoded("book.toml", Files.readAllBytes(book)));
                return title.find() ? bookTitle(title) : null;
            }
        } catch (IOException unreadable) {
            report.add(Finding.warning("book.toml", null, say("imports.unreadable")));
        }
        return null;
    }

    private String bookTitle(Matcher title) {
        String cut = Names.cutTitle(title.group(1));
        if (cut != null) {
            report.add(Finding.warning("book.toml", null, cut));
        }
        return Names.title(title.group(1));
    }

    private SourceLesson lesson(PlannedLesson planned, InnerLinks links, Slugs slugs) {
        String title = planned.settledTitle();
        Page page = planned.page();
        if (planned.title() == null || planned.title().isEmpty()) {
            tellIfCut(page);
        }
        String body = links.body(page, title);
        return new SourceLesson(
                planned.key(),
                title,
                slugs.next(title, planned.fallback().isEmpty() ? "lesson" : planned.fallback()),
                body,
                page.path(),
                ReadingTime.of(Dialect.parse(body)),
                planned.rules());
    }

    private List<SourceFile> files(InnerLinks links, String cover) {
        Set<String> paths = new TreeSet<>(links.files());
        if (!cover.isEmpty()) {
            paths.add(cover);
        }
        return paths.stream().map(this::file).toList();
    }

    private SourceFile file(String path) {
        Path file = tree.file(path);
        if (file == null) {
            throw new IllegalStateException("Carried without being there: " + path);
        }
        return CarriedFile.of(path, file, report);
    }
}
