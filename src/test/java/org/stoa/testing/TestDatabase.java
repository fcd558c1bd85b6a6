package org.stoa.testing;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.stoa.launch.EmbeddedPostgres;

/** One real PostgreSQL for all tests of a run; its database is made anew when the run begins. */
public final class TestDatabase {
    /** Where it and the program keep what they keep; tests that run side by side have one each. */
    public static final Path DATA =
            Path.of(System.getProperty("stoa.test.data", "target/test-data")).toAbsolutePath();

    private static final EmbeddedPostgres POSTGRES = start();

    private TestDatabase() {}

    /** What the program needs to know to use it. */
    public static Map<String, String> properties() {
        var secrets = POSTGRES.secrets();
        return Map.of(
                "stoa.database.url", POSTGRES.url(),
                "stoa.database.owner.username", "stoa_owner",
                "stoa.database.owner.password", secrets.owner(),
                "stoa.database.app.username", "stoa_app",
                "stoa.database.app.password", secrets.app(),
                "stoa.database.service.username", "stoa_service",
                "stoa.database.service.password", secrets.service(),
                "stoa.data", DATA.toString());
    }

    public static EmbeddedPostgres postgres() {
        return POSTGRES;
    }

    /** Sends a statement that none of the program's roles may. */
    public static void asSuperuser(String sql) throws SQLException {
        var secrets = POSTGRES.secrets();
        try (var connection =
                        DriverManager.getConnection(
                                POSTGRES.url(), "postgres", secrets.superuser());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static EmbeddedPostgres start() {
        // What a test waits for comes in the end; how soon depends on what else the machine does.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(120));
        var postgres = EmbeddedPostgres.attachOrStart(DATA);
        var url = postgres.url().replaceAll("/stoa$", "/postgres");
        try (var connection =
                        DriverManager.getConnection(
                                url, "postgres", postgres.secrets().superuser());
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists stoa with (force)");
            statement.execute("create database stoa owner stoa_owner");
        } catch (SQLException e) {
            throw new IllegalStateException("The tests' database could not be made anew", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        return postgres;
    }

    /**
     * Gives a test's application context the database, a clock that can be set, and quick hashes.
     */
    static final class Initializer
            implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(properties())
                    .and("stoa.stripe.api-base=" + StripeAtHand.stripe().address())
                    .applyTo(context.getEnvironment());
            boolean patient = PatientPools.wanted(context.getEnvironment());
            context.addBeanFactoryPostProcessor(beans -> {
                if (patient) {
                    beans.addBeanPostProcessor(new PatientPools());
                }
                beans.addBeanPostProcessor(new SetClock.InPlace());
                beans.addBeanPostProcessor(new QuickHashes());
            });
        }
    }
}
