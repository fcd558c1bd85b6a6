package org.stoa.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.stoa.catalog.Catalog;
import org.stoa.catalog.CourseImports;
import org.stoa.catalog.Releases;
import org.stoa.identity.People;
import org.stoa.identity.Schools;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;

/** The school that a first start shows: three people and a course about teaching. */
@Component
@ConditionalOnBooleanProperty("stoa.demo")
final class DemoSchool implements ApplicationRunner {
    static final String SUBDOMAIN = "demo";
    private static final String PASSWORD = "a stoa is a porch";

    private final Organizations organizations;
    private final Schools schools;
    private final People people;
    private final CourseImports imports;
    private final Releases releases;
    private final Catalog catalog;
    private final ServiceDatabase service;

    DemoSchool(
            Organizations organizations,
            Schools schools,
            People people,
            CourseImports imports,
            Releases releases,
            Catalog catalog,
            ServiceDatabase service) {
        this.organizations = organizations;
        this.schools = schools;
        this.people = people;
        this.imports = imports;
        this.releases = releases;
        this.catalog = catalog;
        this.service = service;
    }

    /** Each step looks whether it was done, so that a start that was broken off is made whole. */
    @Override
    public void run(ApplicationArguments arguments) throws Exception {
        if (organizations.bySubdomain(SUBDOMAIN).isEmpty()) {
            var owner = new Schools.Owner("Olga Owner", "owner@demo.example", PASSWORD);
            schools.found(
                    new Schools.NewSchool("Demo School", SUBDOMAIN, owner, null),
                    null,
                    "the first start");
        }
        var school = organizations.bySubdomain(SUBDOMAIN).orElseThrow();
        Caller.office(school)
                .call(() -> {
                    add("Tessa Teacher", "teacher@demo.example", Role.TEACHER);
                    add("Sam Student", "student@demo.example", Role.STUDENT);
                    publish();
                    return null;
                });
        // Nobody reads mail there, and whoever looks around wants to see it in the mailbox.
        service.sql(
                        """
                        update users set email_verified_at = created_at
                         where lower(email) in ('owner@demo.example', 'teacher@demo.example', 'student@demo.example')
                           and email_verified_at is null
                        """)
                .update();
    }

    private void publish() throws IOException {
        var everything = new Catalog.Filter("", "", "", "");
        if (catalog.page(everything, null, 1).items().isEmpty()) {
            var course = imports.bring(unpacked(), "how-to-teach-with-stoa");
            releases.publish(course.slug(), "The first release");
        }
    }

    private void add(String name, String email, Role role) {
        if (people.find(email).isEmpty()) {
            people.add(
                    Caller.current().school(), new People.NewMember(name, email, PASSWORD, role));
        }
    }

    /** The course's files stand in the program; an import reads a folder. */
    private static Path unpacked() throws IOException {
        var folder = Files.createTempDirectory("stoa-demo");
        var index = new ClassPathResource("demo/course.index");
        for (var name : index.getContentAsString(StandardCharsets.UTF_8).lines().toList()) {
            if (name.isBlank()) {
                continue;
            }
            var target = folder.resolve(name);
            Files.createDirectories(target.getParent());
            try (var file = new ClassPathResource("demo/course/" + name).getInputStream()) {
                Files.copy(file, target);
            } catch (IOException e) {
                throw new UncheckedIOException("The demonstration course lacks " + name, e);
            }
        }
        return folder;
    }

    /** Where it is and how to sign in, for the person who started the program. */
    static String described(String host, int port) {
        return "  Demonstration      http://"
                + SUBDOMAIN
                + "."
                + host
                + ":"
                + port
                + "\n    owner@demo.example, teacher@demo.example, student@demo.example\n"
                + "    password for each: "
                + PASSWORD
                + "\n";
    }
}
