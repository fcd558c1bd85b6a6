package org.stoa.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.stoa.testing.TestDatabase;

class MigrationsTest {
    private static final String NAME = "upgraded";

    /** As at an upgrade, and not as at a first start, where one session runs them all. */
    @Test
    void eachMigrationRunsInASessionOfItsOwn() throws SQLException {
        var postgres = TestDatabase.postgres();
        var server = postgres.url().replaceAll("/stoa$", "/");
        try (var connection =
                        DriverManager.getConnection(
                                server + "postgres", "postgres", postgres.secrets().superuser());
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists " + NAME + " with (force)");
            statement.execute("create database " + NAME + " owner stoa_owner");
        }
        var owner = postgres.secrets().owner();
        var all = DatabaseConfiguration.migrations(server + NAME, "stoa_owner", owner).load();
        for (MigrationInfo one : all.info().pending()) {
            DatabaseConfiguration.migrations(server + NAME, "stoa_owner", owner)
                    .target(one.getVersion())
                    .load()
                    .migrate();
        }
        assertThat(all.info().pending()).isEmpty();
        assertThat(all.info().applied()).isNotEmpty();
    }
}
