package org.stoa.catalog.reuse;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.stoa.catalog.markdown.Markdown;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.catalog.source.CourseSource.SourceModule;
import org.stoa.catalog.source.Slugs;
import org.stoa.shared.Problem;

/**
 * The templates that come with Stoa, each one file of Markdown: {@code #} its title, {@code ##} a
 * module, {@code ###} a lesson.
 */
@Component
public class Templates {
    private static final List<String> NAMES = List.of("weeks", "workshop", "language", "handbook");

    private final List<Template> all = NAMES.stream().map(Templates::read).toList();

    /** In the order in which pages show them. */
    public List<Template> all() {
        return all;
    }

    /**
     * @throws Problem.Invalid for the field {@code from}
     */
    Template named(String name) {
        return all.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem.Invalid("from", say("studio.begin.noTemplate")));
    }

    private static Template read(String name) {
        try (var file = new ClassPathResource("templates/" + name + ".md").getInputStream()) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            var head = text.strip().split("\n", 3);
            return new Template(name, head[2].split("\n", 2)[0].strip(), source(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CourseSource source(String text) {
        var parts = text.split("(?m)^## ", -1);
        var title = parts[0].strip().split("\n", 2)[0].substring(2);
        var slugs = new HashSet<String>();
        var modules = new ArrayList<SourceModule>();
        for (int m = 1; m < parts.length; m++) {
            modules.add(module("module-" + m, parts[m], slugs));
        }
        return new CourseSource(
                "",
                title.strip(),
                true,
                "",
                "",
                List.of(),
                "",
                "en",
                List.of(),
                "",
                modules,
                List.of(),
                "",
                List.of(),
                null,
                null);
    }

    private static SourceModule module(String key, String text, Set<String> slugs) {
        var parts = text.split("(?m)^### ", -1);
        var lessons = new ArrayList<SourceLesson>();
        for (int l = 1; l < parts.length; l++) {
            var lines = parts[l].split("\n", 2);
            var title = lines[0].strip();
            var markdown = lines[1].strip() + "\n";
            var slug = Slugs.free(Slugs.of(title, "lesson"), slugs);
            slugs.add(slug);
            lessons.add(
                    new SourceLesson(
                            slug, title, slug, markdown, slug + ".md", Markdown.minutes(markdown)));
        }
        return new SourceModule(key, parts[0].strip(), lessons);
    }
}
