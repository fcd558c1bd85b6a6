package org.stoa.messaging;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.stoa.testing.TestDatabase;

/**
 * A test of the whole program with a mail server, and with a database of its own: else the programs
 * of other tests, which have no mail server, would do its jobs.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.server.port=0")
@ContextConfiguration(initializers = MailTest.Initializer.class, inheritInitializers = false)
public @interface MailTest {
    /** The one that all such tests share. */
    MailServer SERVER = new MailServer();

    /** Makes the database and says where both are. */
    final class Initializer
            implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        private static final String NAME = "stoa_mail";

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            make();
            var settings = new HashMap<>(TestDatabase.properties());
            settings.merge(
                    "stoa.database.url", "", (url, none) -> url.replaceAll("/stoa$", "/" + NAME));
            settings.put("stoa.mail.host", "127.0.0.1");
            settings.put("stoa.mail.port", String.valueOf(SERVER.port()));
            settings.put("stoa.mail.security", "none");
            settings.put("stoa.mail.from", "post@stoa.example");
            TestPropertyValues.of(settings).applyTo(context.getEnvironment());
        }

        private static void make() {
            var postgres = TestDatabase.postgres();
            var url = postgres.url().replaceAll("/stoa$", "/postgres");
            try (var connection =
                            DriverManager.getConnection(
                                    url, "postgres", postgres.secrets().superuser());
                    var statement = connection.createStatement()) {
                statement.execute("drop database if exists " + NAME + " with (force)");
                statement.execute("create database " + NAME + " owner stoa_owner");
            } catch (SQLException e) {
                throw new IllegalStateException("The database could not be made", e);
            }
        }
    }
}
