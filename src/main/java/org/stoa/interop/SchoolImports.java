package org.stoa.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.catalog.records.CourseRecords;
import org.stoa.catalog.source.Finding;
import org.stoa.enrollment.records.LearningRecords;
import org.stoa.identity.records.SchoolRecords;
import org.stoa.shared.Problem;
import org.stoa.shared.Secrets;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Role;

/**
 * Brings in a whole school. It is for whoever administers the installation: it opens a school and
 * makes people its owners, whatever the caller.
 */
@Service
public class SchoolImports {
    private final Organizations organizations;
    private final Parts parts;

    /** What an arrival writes to, part by part. */
    record Parts(
            SchoolRecords people,
            CourseRecords courses,
            LearningRecords learning,
            ArrivalStore arrivals,
            TransactionTemplate transactions,
            Secrets secrets,
            Clock clock) {}

    SchoolImports(
            Organizations organizations,
            SchoolRecords people,
            CourseRecords courses,
            LearningRecords learning,
            ArrivalStore arrivals,
            PlatformTransactionManager transactions,
            Secrets secrets,
            Clock clock) {
        this.organizations = organizations;
        this.parts =
                new Parts(
                        people,
                        courses,
                        learning,
                        arrivals,
                        new TransactionTemplate(transactions),
                        secrets,
                        clock);
    }

    /** Whether the file calls itself a whole school. */
    public static boolean isSchool(Path file) {
        return SchoolArchive.isOne(file);
    }

    /**
     * What came in.
     *
     * @param opened whether the school was opened for it
     * @param report what could not be carried over, in the order of the archive
     */
    public record Brought(
            Organization school,
            boolean opened,
            long people,
            int courses,
            long places,
            long progress,
            List<Finding> report) {}

    /**
     * Brings the school in under this subdomain: the people, then the courses one by one, then the
     * places, then the progress; of each, all or nothing. Broken off, it goes on where it was when
     * it is called again with the same archive.
     *
     * @param news is told what is being done, sentence by sentence
     * @throws Problem.Invalid when the archive is none that can be read, or has no owner in it;
     *     then nothing was kept
     * @throws Problem.Conflict when the school has courses or learners, or this archive came in
     *     before
     */
    public Brought bring(Path file, String subdomain, Consumer<String> news) {
        try (var archive = SchoolArchive.open(file)) {
            var about = archive.about();
            archive.check();
            var there = organizations.bySubdomain(subdomain);
            if (there.isEmpty()) {
                requireOwner(archive);
            }
            var school = there.orElseGet(() -> parts.people().open(subdomain, about));
            var arrival = new Arrival(parts, archive, fingerprint(file), news);
            Caller.office(school)
                    .run(() -> {
                        if (there.isPresent()) {
                            arrival.compare(about);
                        }
                        arrival.bring();
                    });
            return arrival.brought(school, there.isEmpty());
        }
    }

    private static void requireOwner(SchoolArchive archive) {
        var owned = new AtomicBoolean();
        archive.each(
                Sheet.PEOPLE,
                new Remarks(),
                (members, lines) -> {
                    if (members.stream()
                            .anyMatch(it -> it.role() == Role.OWNER && !it.suspended())) {
                        owned.set(true);
                    }
                });
        if (!owned.get()) {
            throw new Problem.Invalid(
                    "file", "people.csv names no active owner, and a school needs one.");
        }
    }

    private static String fingerprint(Path file) {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
