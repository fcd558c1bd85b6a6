package org.stoa.interop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.springframework.context.ApplicationContext;
import org.stoa.catalog.CourseImports;
import org.stoa.catalog.Releases;
import org.stoa.enrollment.Enrollments;
import org.stoa.enrollment.LessonMark;
import org.stoa.enrollment.LessonStatus;
import org.stoa.enrollment.Progress;
import org.stoa.identity.People;
import org.stoa.identity.Schools;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;

/** Makes schools with people who learn, and looks into archives. */
record Academy(
        Schools schools,
        People people,
        CourseImports imports,
        Releases releases,
        Enrollments enrollments,
        Progress progress,
        SchoolExports exports,
        java.time.Clock clock) {
    static final String PASSWORD = "a long walk along the sea";

    static Academy in(ApplicationContext program) {
        return new Academy(
                program.getBean(Schools.class),
                program.getBean(People.class),
                program.getBean(CourseImports.class),
                program.getBean(Releases.class),
                program.getBean(Enrollments.class),
                program.getBean(Progress.class),
                program.getBean(SchoolExports.class),
                program.getBean(java.time.Clock.class));
    }

    static String fresh(String word) {
        return word + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
    }

    static Map<String, String> bread() {
        var files = new LinkedHashMap<String, String>();
        files.put("course.yaml", "id: bread\ntitle: Bread\nsummary: \"=Slow\"\ntags: [baking]\n");
        files.put("1-basics/1-flour.md", "# Flour\n\nSee [water](2-water.md#salt).");
        files.put("1-basics/2-water.md", "# Water\n\n## Salt\n\n![Grain](grain.svg)");
        files.put(
                "1-basics/grain.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1\"/></svg>");
        files.put("2-dough/1-kneading.md", "# Kneading\n\nPush.");
        files.put("2-dough/2-baking.md", "# Baking\n\nWait.");
        return files;
    }

    static Map<String, String> knots() {
        return new LinkedHashMap<>(
                Map.of("README.md", "# Knots\n\nHow ropes hold.", "1-a.md", "# A\n\nTie."));
    }

    Organization found(String word, String ownerEmail) {
        var name = fresh(word);
        var wish =
                new Schools.NewSchool(
                        name,
                        name,
                        new Schools.Owner("Olga, \"the\" Owner", ownerEmail, PASSWORD),
                        null);
        if (schools.found(wish, null, fresh("address"))
                instanceof Schools.Founded.Opened(var school, var owner)) {
            return school;
        }
        throw new IllegalStateException("Too many schools");
    }

    Caller join(Organization school, String email, Role role) {
        var person =
                people.add(school, new People.NewMember(email.split("@")[0], email, null, role));
        return Caller.member(school, person.id(), person.name(), role);
    }

    String bring(Caller caller, Path course) throws Exception {
        return caller.call(() -> imports.bring(course, "")).slug();
    }

    void publish(Caller caller, String slug, String note) throws Exception {
        caller.call(() -> releases.publish(slug, note));
    }

    /** Joins a course and completes so many of its lessons, and begins one more. */
    void learn(Caller learner, String slug, int lessons) throws Exception {
        learner.call(() -> {
            enrollments.enroll(slug);
            var all = releases.current(slug).orElseThrow().lessons();
            for (int i = 0; i <= lessons && i < all.size(); i++) {
                var status = i < lessons ? LessonStatus.COMPLETED : LessonStatus.STARTED;
                progress.mark(new LessonMark(all.get(i).id(), status, 30 + i, clock.instant()));
            }
            return "";
        });
    }

    Path export(Organization school, Path zip) throws Exception {
        return Caller.office(school)
                .call(() -> {
                    try (var prepared = exports.prepare();
                            var out = Files.newOutputStream(zip)) {
                        prepared.write(out);
                    }
                    return zip;
                });
    }

    /** Every file of a zip, in its order; bytes as Latin-1. */
    static Map<String, String> read(Path zip) {
        var files = new LinkedHashMap<String, String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(zip)))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(
                        entry.getName(),
                        new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static Path write(Path zip, Map<String, String> files) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return zip;
    }

    static Path folder(Path folder, Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), StandardCharsets.ISO_8859_1);
        }
        return folder;
    }
}
