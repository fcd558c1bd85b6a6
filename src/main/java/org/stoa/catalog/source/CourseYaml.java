package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.source.Plan.PlannedLesson;
import org.stoa.catalog.source.Plan.PlannedModule;
import org.stoa.catalog.source.YamlReading.Field;
import org.yaml.snakeyaml.nodes.Node;

/** What an author declares in course.yaml. */
final class CourseYaml {
    private static final List<String> NAMES = List.of("course.yaml", "course.yml");
    private static final Pattern ID = Pattern.compile("[\\p{L}\\p{M}\\p{N}._/ -]{1,200}");

    String id = "";
    String title = "";
    String summary = "";
    String category = "";
    List<String> tags = List.of();
    String level = "";
    String language = "";
    List<String> outcomes = List.of();
    String audience = "";
    String cover = "";
    @Nullable List<PlannedModule> modules;
    @Nullable SourceTerms terms;

    private final YamlReading yaml;
    private final YamlRules rules;
    private final PageReader reader;
    private final Set<String> lessonKeys = new HashSet<>();
    private final Set<String> files = new HashSet<>();

    private CourseYaml(YamlReading yaml, PageReader reader) {
        this.yaml = yaml;
        this.rules = new YamlRules(yaml);
        this.reader = reader;
    }

    /** Empty declarations if there is no such file. */
    static CourseYaml read(Tree tree, PageReader reader, List<Finding> report) {
        for (String name : NAMES) {
            if (tree.file(name) != null) {
                Page page = reader.page(name);
                YamlReading yaml = new YamlReading(name, report);
                CourseYaml declared = new CourseYaml(yaml, reader);
                if (page != null) {
                    declared.course(yaml.root(new StringReader(page.text())));
                }
                return declared;
            }
        }
        return new CourseYaml(new YamlReading("course.yaml", report), reader);
    }

    private void course(@Nullable Node root) {
        for (Field field : yaml.fields(root, say("imports.yaml.course"))) {
            Node value = field.value();
            switch (field.name()) {
                case "id" -> id = id(field);
                case "title" -> title = yaml.text(field, Names.LONGEST_TITLE);
                case "summary" -> summary = yaml.text(field, Prose.LONGEST_SUMMARY);
                case "category" -> category = yaml.text(field, 100);
                case "tags" -> tags = yaml.texts(field, 30, 60);
                case "level" -> level = yaml.text(field, 60);
                case "language" -> language = language(field);
                case "outcomes" -> outcomes = yaml.texts(field, 50, 500);
                case "audience" -> audience = yaml.text(field, Prose.LONGEST_SUMMARY);
                case "cover" -> cover = cover(field);
                case "modules" -> modules = modules(field);
                case "enrollment" -> terms = rules.course(field);
                case "price" -> yaml.info(value, say("imports.yaml.price"));
                default -> yaml.unknown(field);
            }
        }
    }

    private String cover(Field field) {
        String path = Address.of("", Address.encoded(yaml.text(field).strip())).path();
        if (reader.has(path)) {
            return path;
        }
        yaml.warning(field.value(), say("imports.coverGone"));
        return "";
    }

    private String language(Field field) {
        String tag = Names.clean(yaml.text(field), 35);
        if (tag.isEmpty() || tag.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
            return tag;
        }
        yaml.warning(field.value(), say("imports.yaml.language"));
        return "";
    }

    private List<PlannedModule> modules(Field field) {
        List<PlannedModule> found = new ArrayList<>();
        Slugs keys = new Slugs();
        Set<String> ids = new HashSet<>();
        for (Node node : yaml.items(field)) {
            String moduleTitle = "";
            String id = "";
            List<PlannedLesson> lessons = new ArrayList<>();
            for (Field part : yaml.fields(node, say("imports.yaml.module"))) {
                switch (part.name()) {
                    case "title" -> moduleTitle = yaml.text(part, Names.LONGEST_TITLE);
                    case "id" -> id = id(part);
                    case "lessons" -> yaml.items(part).forEach(it -> lesson(it, lessons));
                    default -> yaml.unknown(part);
                }
            }
            if (!id.isEmpty() && !ids.add(id)) {
                yaml.warning(node, say("imports.yaml.moduleId", id));
                id = "";
            }
            String key = id.isEmpty() ? keys.next(moduleTitle, "module") : id;
            while (id.isEmpty() && !ids.add(key)) {
                key = keys.next(moduleTitle, "module");
            }
            if (lessons.isEmpty()) {
                yaml.warning(node, say("imports.yaml.emptyModule"));
            } else {
                found.add(new PlannedModule(key, moduleTitle, lessons));
            }
        }
        return found;
    }

    private String id(Field field) {
        String id = Names.clean(yaml.text(field), 400);
        if (ID.matcher(id).matches()) {
            return id;
        }
        yaml.warning(field.value(), say("imports.yaml.id"));
        return "";
    }

    private void lesson(Node node, List<PlannedLesson> into) {
        String file = "";
        String lessonTitle = "";
        String id = "";
        SourceRules declared = null;
        if (node instanceof org.yaml.snakeyaml.nodes.ScalarNode scalar) {
            file = scalar.getValue();
        } else {
            for (Field part : yaml.fields(node, say("imports.yaml.lesson"))) {
                switch (part.name()) {
                    case "file" -> file = yaml.text(part);
                    case "title" -> lessonTitle = yaml.text(part, Names.LONGEST_TITLE);
                    case "id" -> id = id(part);
                    case "rules" -> declared = rules.lesson(part);
                    default -> yaml.unknown(part);
                }
            }
        }
        String path = Address.of("", Address.encoded(file.strip())).path();
        Page page = file.isBlank() || !Names.markdown(path) ? null : reader.page(path);
        String key = id.isEmpty() ? path : id;
        if (page == null) {
            yaml.error(
                    node,
                    file.isBlank()
                            ? say("imports.yaml.lessonNames", "{ file: lesson.md }")
                            : say("imports.yaml.lessonFile", Names.clean(file, 200)));
        } else if (!files.add(path)) {
            yaml.warning(node, say("imports.yaml.fileTwice", path));
        } else if (!lessonKeys.add(key)) {
            yaml.error(node, say("imports.yaml.lessonId", key));
        } else {
            into.add(new PlannedLesson(key, page, lessonTitle, Names.spoken(path), declared));
        }
    }
}
