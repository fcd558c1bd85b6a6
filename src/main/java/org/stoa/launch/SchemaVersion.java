package org.stoa.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** How far a database has been migrated, beside how far this program's migrations go. */
final class SchemaVersion {
    private static final Pattern NAME = Pattern.compile("V([0-9_.]+?)__.*");
    private static final String NO_TABLE = "42P01";

    private SchemaVersion() {}

    /**
     * @throws Refusal when a newer Stoa has migrated this data folder's database
     */
    static void refuseNewer(EmbeddedPostgres postgres, Path data) {
        var known = known();
        var found = found(postgres);
        if (found.compareTo(known) > 0) {
            throw new Refusal(
                    "The data folder "
                            + data
                            + " belongs to a newer Stoa (its database has version "
                            + found
                            + ", and this Stoa knows those up to "
                            + known
                            + "). Start that one, or choose another folder with --data.");
        }
    }

    private static MigrationVersion known() {
        try {
            var files =
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:db/migration/V*.sql");
            return Stream.of(files)
                    .map(file -> NAME.matcher(Objects.requireNonNull(file.getFilename())))
                    .filter(java.util.regex.Matcher::matches)
                    .map(name -> MigrationVersion.fromVersion(name.group(1)))
                    .max(Comparator.naturalOrder())
                    .orElse(MigrationVersion.EMPTY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MigrationVersion found(EmbeddedPostgres postgres) {
        var query = "select version from flyway_schema_history where success";
        var newest = MigrationVersion.EMPTY;
        try (var connection =
                        DriverManager.getConnection(
                                postgres.url(), "stoa_owner", postgres.secrets().owner());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                var version = rows.getString(1);
                if (version != null
                        && MigrationVersion.fromVersion(version).compareTo(newest) > 0) {
                    newest = MigrationVersion.fromVersion(version);
                }
            }
        } catch (SQLException e) {
            if (!NO_TABLE.equals(e.getSQLState())) {
                throw new Refusal("The database cannot be opened: " + e.getMessage(), e);
            }
        }
        return newest;
    }
}
