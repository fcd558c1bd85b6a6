package org.stoa.catalog.cartridge;

import static org.stoa.shared.Words.say;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.cartridge.Manifest.Resource;
import org.stoa.catalog.cartridge.Outline.Entry;
import org.stoa.catalog.cartridge.Outline.Section;
import org.stoa.catalog.markdown.Dialect;
import org.stoa.catalog.markdown.ReadingTime;
import org.stoa.catalog.source.CarriedFile;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.CourseSource.SourceFile;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.catalog.source.CourseSource.SourceModule;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Names;
import org.stoa.catalog.source.Slugs;
import org.stoa.catalog.source.SourceQuestions;
import org.stoa.catalog.source.Tree;
import org.stoa.shared.Problem;

/**
 * Reads a course from an unpacked IMS Common Cartridge 1.1 to 1.3 or a Canvas export, as
 * docs/course-format.md says.
 */
public final class Cartridge {
    private static final String SETTINGS = "course_settings/course_settings.xml";
    private static final String MORE = "more-pages";

    private record Planned(
            String key, String title, Material material, List<String> ids, List<String> paths) {}

    private record PlannedModule(Section section, List<Planned> lessons) {}

    private final List<Finding> report = new ArrayList<>();
    private final Tree tree;
    private final Manifest manifest;
    private final Materials materials;
    private final CartridgeLinks links;
    private final Set<String> keys = new HashSet<>();
    private final Set<String> placed = new HashSet<>();

    private Cartridge(Tree tree) {
        this.tree = tree;
        this.manifest = Manifest.read(tree, report);
        this.materials = new Materials(tree, manifest, report);
        this.links = new CartridgeLinks(tree, manifest);
    }

    /** Whether the folder, or the one folder in it, holds a cartridge's manifest. */
    public static boolean isOne(Path folder) {
        return Tree.of(folder, new ArrayList<>()).file(Manifest.FILE) != null;
    }

    /**
     * @param name what the cartridge was called where it came from; empty if that is not known
     * @throws Problem.Invalid if its manifest cannot be read, or nothing in it becomes a lesson
     */
    public static CourseSource read(Path folder, String name) {
        List<Finding> ofFiles = new ArrayList<>();
        Cartridge cartridge = new Cartridge(Tree.of(folder, ofFiles));
        cartridge.report.addAll(0, ofFiles);
        return cartridge.read(name);
    }

    private CourseSource read(String name) {
        String own = title();
        String called = own.isEmpty() && Names.telling(name) ? Names.spoken(name) : own;
        List<PlannedModule> plan = plan(called.isEmpty() ? "Lessons" : called);
        List<SourceQuestions> kept = new Questions(tree, manifest, report).read();
        if (plan.isEmpty()) {
            throw new Problem.Invalid(
                    "file",
                    report.isEmpty()
                            ? say("imports.cartridge.empty")
                            : say("imports.cartridge.emptyBut", report.getLast().message()));
        }
        String title = called.isEmpty() ? plan.getFirst().lessons().getFirst().title() : called;
        List<SourceModule> modules = modules(plan);
        return new CourseSource(
                identity(title),
                title,
                !called.isEmpty(),
                Names.clean(org.jsoup.Jsoup.parse(manifest.summary()).text(), 2000),
                "",
                List.of(),
                "",
                language(),
                List.of(),
                "",
                modules,
                links.files().stream().map(this::file).toList(),
                "",
                List.copyOf(new LinkedHashSet<>(report)),
                null,
                kept);
    }

    private String title() {
        Path settings = tree.file(SETTINGS);
        String title = "";
        if (settings != null) {
            try {
                title = Xml.read(settings).text("title");
            } catch (Xml.Unreadable wrong) {
                report.add(
                        Finding.warning(
                                SETTINGS, wrong.line(), say("imports.notRead", wrong.why())));
            }
        }
        String whole = title.isEmpty() ? manifest.title() : title;
        tellIfCut(title.isEmpty() ? Manifest.FILE : SETTINGS, whole);
        return Names.title(whole);
    }

    private void tellIfCut(String file, String title) {
        String cut = Names.cutTitle(title);
        if (cut != null) {
            report.add(Finding.warning(file, null, cut));
        }
    }

    /** Programs give one identifier to many courses, and teachers one title to several. */
    private String identity(String title) {
        String id = manifest.id();
        return id.isEmpty() ? "" : plain(id, 80) + "/" + plain(Slugs.key(title), 100);
    }

    private static String plain(String id, int longest) {
        String plain = id.replaceAll("[^\\p{L}\\p{M}\\p{N}._-]+", "-");
        return plain.substring(0, Math.min(plain.length(), longest));
    }

    private String language() {
        String declared = manifest.language();
        return Locale.forLanguageTag(declared).getLanguage().isEmpty() || declared.length() > 35
                ? "en"
                : declared;
    }

    private List<PlannedModule> plan(String called) {
        List<PlannedModule> modules = new ArrayList<>();
        List<Section> sections =
                new ArrayList<>(Outline.of(tree, manifest, Names.title(called), report));
        sections.forEach(section -> section.entries().forEach(this::place));
        for (Section section : sections) {
            add(section, modules);
        }
        List<Entry> more = new ArrayList<>();
        for (Resource it : manifest.resources()) {
            if (Kind.of(it).standsAlone() && !placed.contains(it.id()) && !it.main().isEmpty()) {
                more.add(new Entry(it.id(), "", it, "", it.line()));
            }
        }
        add(new Section(MORE, say("imports.morePages"), more), modules);
        return modules;
    }

    private void place(Entry entry) {
        if (entry.resource() != null) {
            placed.add(entry.resource().id());
        }
    }

    private void add(Section section, List<PlannedModule> modules) {
        List<Planned> lessons = new ArrayList<>();
        for (Entry entry : section.entries()) {
            Planned planned = planned(entry);
            if (planned != null) {
                lessons.add(planned);
            }
        }
        if (!lessons.isEmpty()) {
            modules.add(new PlannedModule(section, lessons));
        } else if (!section.id().equals(MORE)) {
            report.add(
                    Finding.warning("", null, say("imports.cartridge.noLesson", section.title())));
        }
    }

    private @Nullable Planned planned(Entry entry) {
        Resource resource = entry.resource();
        String id = resource == null ? entry.id() : resource.id();
        String key = plain(id.isEmpty() ? entry.title() : id, 200);
        if (!keys.add(key)) {
            report.add(Finding.warning("", null, say("imports.cartridge.twice", entry.title())));
            return null;
        }
        Material material = materials.of(entry);
        if (material == null) {
            return null;
        }
        String whole = entry.title().isEmpty() ? material.title() : entry.title();
        tellIfCut(material.file(), whole);
        String title = Names.title(whole);
        if (title.isEmpty()) {
            title = Names.spoken(material.file());
        }
        return new Planned(key, title, material, ids(id, entry), paths(resource, material));
    }

    private static List<String> ids(String id, Entry entry) {
        return List.of(id, entry.id());
    }

    /** A fallback's file is the same text, for programs that know less. */
    private List<String> paths(@Nullable Resource resource, Material material) {
        List<String> paths = new ArrayList<>();
        if (Kind.html(material.file())) {
            paths.add(material.file());
        }
        if (resource != null && Kind.of(resource) == Kind.ASSIGNMENT) {
            Resource fallback = manifest.resource(resource.id() + "_fallback");
            if (fallback != null && !fallback.main().isEmpty()) {
                paths.add(fallback.main());
            }
        }
        return paths;
    }

    private List<SourceModule> modules(List<PlannedModule> plan) {
        for (PlannedModule module : plan) {
            Planned first = module.lessons().getFirst();
            for (Planned it : module.lessons()) {
                links.lesson(it.key(), it.title(), it.ids(), it.paths());
            }
            links.lesson(first.key(), first.title(), List.of(module.section().id()), List.of());
        }
        Slugs slugs = new Slugs();
        Map<String, SourceModule> modules = new LinkedHashMap<>();
        for (PlannedModule module : plan) {
            Section section = module.section();
            String wanted = plain(section.id().isEmpty() ? section.title() : section.id(), 180);
            String key = wanted;
            for (int number = 2; modules.containsKey(key); number++) {
                key = wanted + "-" + number;
            }
            List<SourceLesson> lessons =
                    module.lessons().stream().map(it -> lesson(it, slugs)).toList();
            modules.put(key, new SourceModule(key, section.title(), lessons));
        }
        return List.copyOf(modules.values());
    }

    private SourceLesson lesson(Planned planned, Slugs slugs) {
        Material material = planned.material();
        String markdown = LessonMarkdown.of(material, links, report);
        if (markdown.isEmpty()) {
            report.add(Finding.info(material.file(), null, say("imports.noText")));
        }
        return new SourceLesson(
                planned.key(),
                planned.title(),
                slugs.next(planned.title(), "lesson"),
                markdown,
                material.file(),
                ReadingTime.of(Dialect.parse(markdown)));
    }

    private SourceFile file(String path) {
        return CarriedFile.of(path, Objects.requireNonNull(tree.file(path)), report);
    }
}
