package org.stoa.catalog.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.stoa.catalog.markdown.Dialect;
import org.stoa.catalog.source.CourseSource.SourceFile;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.catalog.source.CourseSource.SourceModule;
import org.stoa.catalog.source.LinkRewriting.Fate;
import org.stoa.media.Bytes;

/** Writes a course so that importing it gives the same course, lesson ids and all. */
public final class CourseExport {
    // Any fixed time will do: the same course is the same bytes.
    private static final long ENTRY_TIME = 1_767_225_600_000L;

    private interface Sink {
        void put(String path, byte[] bytes) throws IOException;

        void put(String path, Bytes content) throws IOException;
    }

    private final CourseSource course;
    private final Map<String, String> pathsByKey = new HashMap<>();

    private CourseExport(CourseSource course) {
        this.course = course;
        Set<String> taken = new HashSet<>();
        course.files().forEach(file -> taken.add(file.path().toLowerCase(Locale.ROOT)));
        int moduleNumber = 0;
        for (SourceModule module : course.modules()) {
            moduleNumber++;
            int number = 0;
            for (SourceLesson lesson : module.lessons()) {
                number++;
                String path = lesson.file();
                if (!keeps(path) || !taken.add(path.toLowerCase(Locale.ROOT))) {
                    path =
                            "%02d-%s/%02d-%s.md"
                                    .formatted(
                                            moduleNumber,
                                            Slugs.of(module.title(), "module"),
                                            number,
                                            lesson.slug());
                    taken.add(path.toLowerCase(Locale.ROOT));
                }
                pathsByKey.put(lesson.key(), path);
            }
        }
    }

    /** Into a folder, which is made if it is not there; files of the same names are replaced. */
    public static void write(CourseSource course, Path folder) throws IOException {
        new CourseExport(course).write(new FolderSink(folder));
    }

    /** As a zip; the stream stays open. */
    public static void writeZip(CourseSource course, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        writeInto(course, zip, "");
        zip.finish();
    }

    /**
     * Beside others in a zip, which stays open.
     *
     * @param within the folder there, empty or ending in a slash
     */
    public static void writeInto(CourseSource course, ZipOutputStream zip, String within)
            throws IOException {
        new CourseExport(course).write(new ZipSink(zip, within));
    }

    /** Whether a {@code course.yaml} was written for this course, whatever else it says. */
    public static boolean isOf(CourseSource course, String yaml) {
        var id = new StringBuilder();
        field(id, "id", course.id());
        return yaml.startsWith(id.toString());
    }

    private static boolean keeps(String path) {
        return Names.markdown(path) && safe(path);
    }

    private static boolean safe(String path) {
        return !path.isEmpty()
                && path.length() <= 400
                && Address.of("", Address.encoded(path)).path().equals(path)
                && List.of(path.split("/", -1)).stream().noneMatch(Names::skipped)
                && path.chars().noneMatch(Character::isISOControl);
    }

    private void write(Sink sink) throws IOException {
        sink.put("course.yaml", yaml().getBytes(StandardCharsets.UTF_8));
        for (SourceLesson lesson : course.lessons()) {
            String path = pathsByKey.getOrDefault(lesson.key(), lesson.file());
            sink.put(path, text(lesson, path).getBytes(StandardCharsets.UTF_8));
        }
        for (SourceFile file : course.files()) {
            if (!safe(file.path())) {
                throw new IOException("A file's path cannot be written: " + file.path());
            }
            sink.put(file.path(), file.content());
        }
    }

    private String text(SourceLesson lesson, String path) {
        Page page =
                new Page(
                        path,
                        lesson.markdown(),
                        Dialect.parse(lesson.markdown()),
                        0,
                        null,
                        0,
                        null,
                        false);
        String body = LinkRewriting.body(page, null, (address, image, line) -> fate(path, address));
        return "# " + LinkRewriting.escaped(lesson.title()) + "\n\n" + body + "\n";
    }

    private Fate fate(String fromPath, String address) {
        int hash = address.indexOf('#');
        String fragment = hash < 0 ? "" : address.substring(hash);
        String rest = hash < 0 ? address : address.substring(0, hash);
        if (rest.startsWith("file:")) {
            String path = Address.decoded(rest.substring("file:".length()));
            return new Fate.To(relative(fromPath, path) + fragment);
        }
        if (rest.startsWith("lesson:")) {
            String path = pathsByKey.get(Address.decoded(rest.substring("lesson:".length())));
            return path == null
                    ? new Fate.Keep()
                    : new Fate.To(relative(fromPath, path) + fragment);
        }
        return new Fate.Keep();
    }

    private static String relative(String fromPath, String path) {
        String up = "../".repeat((int) fromPath.chars().filter(c -> c == '/').count());
        return (up.isEmpty() ? "./" : up) + Address.encoded(path);
    }

    private String yaml() {
        StringBuilder yaml = new StringBuilder();
        field(yaml, "id", course.id());
        yaml.append("title: ").append(quoted(course.title())).append('\n');
        field(yaml, "summary", course.summary());
        field(yaml, "category", course.category());
        list(yaml, "tags", course.tags());
        field(yaml, "level", course.level());
        field(yaml, "language", course.language());
        list(yaml, "outcomes", course.outcomes());
        field(yaml, "audience", course.audience());
        field(yaml, "cover", course.cover());
        RulesYaml.terms(yaml, course.terms());
        yaml.append("modules:\n");
        for (SourceModule module : course.modules()) {
            yaml.append("  - id: ").append(quoted(module.key())).append('\n');
            yaml.append("    title: ").append(quoted(module.title())).append('\n');
            yaml.append("    lessons:\n");
            for (SourceLesson lesson : module.lessons()) {
                String path = pathsByKey.getOrDefault(lesson.key(), lesson.file());
                yaml.append("      - id: ").append(quoted(lesson.key())).append('\n');
                yaml.append("        title: ").append(quoted(lesson.title())).append('\n');
                yaml.append("        file: ").append(quoted(path)).append('\n');
                RulesYaml.lesson(yaml, lesson.rules());
            }
        }
        return yaml.toString();
    }

    private static void field(StringBuilder yaml, String name, String value) {
        if (!value.isEmpty()) {
            yaml.append(name).append(": ").append(quoted(value)).append('\n');
        }
    }

    private static void list(StringBuilder yaml, String name, List<String> values) {
        if (!values.isEmpty()) {
            yaml.append(name).append(":\n");
            values.forEach(value -> yaml.append("  - ").append(quoted(value)).append('\n'));
        }
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                default -> {
                    boolean plain =
                            c >= ' ' && c != 0x7F && c != 0x85 && (c < 0x2028 || c > 0x2029);
                    quoted.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
                }
            }
        }
        return quoted.append('"').toString();
    }

    private record FolderSink(Path folder) implements Sink {
        @Override
        public void put(String path, byte[] bytes) throws IOException {
            Files.write(target(path), bytes);
        }

        @Override
        public void put(String path, Bytes content) throws IOException {
            try (var in = content.open();
                    OutputStream out = Files.newOutputStream(target(path))) {
                in.transferTo(out);
            }
        }

        private Path target(String path) throws IOException {
            Path root = folder.toAbsolutePath().normalize();
            Path target = root.resolve(path).normalize();
            if (!target.startsWith(root) || target.getParent() == null) {
                throw new IOException("A path leads out of the folder: " + path);
            }
            Files.createDirectories(target.getParent());
            return target;
        }
    }

    private record ZipSink(ZipOutputStream zip, String within) implements Sink {
        @Override
        public void put(String path, byte[] bytes) throws IOException {
            begin(path);
            zip.write(bytes);
            zip.closeEntry();
        }

        @Override
        public void put(String path, Bytes content) throws IOException {
            begin(path);
            try (var in = content.open()) {
                in.transferTo(zip);
            }
            zip.closeEntry();
        }

        private void begin(String path) throws IOException {
            ZipEntry entry = new ZipEntry(within + path);
            entry.setTime(ENTRY_TIME);
            zip.putNextEntry(entry);
        }
    }
}
