package org.stoa.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What an installation can be told, and where each value came from: an option, then a variable
 * {@code STOA_…}, then {@code stoa.yaml} in the current folder, then the default.
 */
final class Settings {
    private static final String FILE = "stoa.yaml";

    /** What a value must look like, and how a person is told. */
    private enum Form {
        TEXT(".*", "text"),
        SECRET(".*", "text"),
        FLAG("true|false", "true or false"),
        COUNT("[1-9][0-9]{0,17}", "a number from 1"),
        SHARE("0|1|0?\\.[0-9]+|1\\.0+|0\\.0+", "a number from 0 to 1"),
        ROLE("all|web|worker|runner", "all, web, worker or runner"),
        STORE("folder|s3", "folder or s3"),
        SECURITY("starttls|tls|none", "starttls, tls or none"),
        MAIL("|[^\\s@<>]+@[^\\s@<>]+", "an e-mail address"),
        AMOUNT("[0-9]{1,9}", "a number from 0"),
        TIME("[1-9][0-9]{0,6}[smhd]?|PT([1-9][0-9]{0,6}[HMS])+", "a time such as 30s, 5m or PT5M"),
        URL("|https?://\\S+", "an address that begins with http:// or https://"),
        DATABASE("|jdbc:postgresql://\\S+", "of the form jdbc:postgresql://host:port/database");

        private final Pattern pattern;
        private final String words;

        Form(String pattern, String words) {
            this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
            this.words = words;
        }
    }

    /** A setting this program knows. */
    private record Known(String name, String otherwise, Form form) {}

    /** A setting with its value. */
    record Setting(String name, String value, String from, boolean secret) {
        private Setting with(String value, String from) {
            return new Setting(name, value, from, secret);
        }

        String shown() {
            return secret && !value.isEmpty() ? "••••••••" : value;
        }
    }

    private static final List<Known> KNOWN =
            List.of(
                    new Known("port", "8080", Form.TEXT),
                    new Known("data", "data", Form.TEXT),
                    new Known("host", "localhost", Form.TEXT),
                    new Known("address", "", Form.URL),
                    new Known("role", "all", Form.ROLE),
                    new Known("empty", "false", Form.FLAG),
                    new Known("proxy", "false", Form.FLAG),
                    new Known("metrics.port", "0", Form.TEXT),
                    new Known("traces.endpoint", "", Form.URL),
                    new Known("traces.share", "0.01", Form.SHARE),
                    new Known("database.url", "", Form.DATABASE),
                    new Known("database.owner.username", "stoa_owner", Form.TEXT),
                    new Known("database.owner.password", "", Form.SECRET),
                    new Known("database.app.username", "stoa_app", Form.TEXT),
                    new Known("database.app.password", "", Form.SECRET),
                    new Known("database.service.username", "stoa_service", Form.TEXT),
                    new Known("database.service.password", "", Form.SECRET),
                    new Known("media.store", "folder", Form.STORE),
                    new Known("media.endpoint", "", Form.URL),
                    new Known("media.region", "us-east-1", Form.TEXT),
                    new Known("media.bucket", "", Form.TEXT),
                    new Known("media.access-key", "", Form.TEXT),
                    new Known("media.secret-key", "", Form.SECRET),
                    new Known("mail.host", "", Form.TEXT),
                    new Known("mail.port", "587", Form.COUNT),
                    new Known("mail.security", "starttls", Form.SECURITY),
                    new Known("mail.username", "", Form.TEXT),
                    new Known("mail.password", "", Form.SECRET),
                    new Known("mail.from", "", Form.MAIL),
                    new Known("uploads.file-megabytes", "200", Form.COUNT),
                    new Known("uploads.school-megabytes", "0", Form.AMOUNT),
                    new Known("inbox.attempts", "12", Form.COUNT),
                    new Known("inbox.keep-days", "30", Form.COUNT),
                    new Known("secrets.key", "", Form.SECRET),
                    new Known("webhooks.internal", "false", Form.FLAG),
                    new Known("webhooks.disable-after-days", "5", Form.COUNT),
                    new Known("production", "false", Form.FLAG),
                    new Known("stripe.api-base", "https://api.stripe.com", Form.URL),
                    new Known("commerce.reconcile-every", "5m", Form.TIME),
                    new Known("commerce.grace", "3d", Form.TIME),
                    new Known("clerk.webhook-secret", "", Form.SECRET),
                    new Known("clerk.api-base", "https://api.clerk.com/v1", Form.URL),
                    new Known("clerk.secret-key", "", Form.SECRET),
                    new Known("clerk.issuer", "", Form.URL),
                    new Known("clerk.jwks-url", "", Form.URL),
                    new Known("clerk.authorized-parties", "", Form.TEXT),
                    new Known("clerk.cookie", "false", Form.FLAG),
                    new Known(
                            "clerk.roles",
                            "org:admin=admin,org:teacher=teacher,org:instructor=teacher,org:member=student",
                            Form.TEXT),
                    new Known("clerk.grace-days", "30", Form.COUNT),
                    new Known("clerk.reconcile-seconds", "300", Form.COUNT),
                    new Known("limits.address-per-minute", "600000", Form.COUNT),
                    new Known("limits.person-per-minute", "300000", Form.COUNT),
                    new Known("limits.school-per-minute", "3000000", Form.COUNT));

    private final Map<String, Setting> settings = new HashMap<>();

    private Settings() {}

    /**
     * @param options values given on the command line, by name
     * @throws Refusal when the file cannot be read or names a setting there is not
     */
    static Settings read(Map<String, String> options, Map<String, String> environment) {
        var file = new HashMap<String, String>();
        readFile(Path.of(FILE), file);
        var read = new Settings();
        for (var known : KNOWN) {
            read.settings.put(known.name(), read(known, options, environment, file));
        }
        return read;
    }

    private static Setting read(
            Known known,
            Map<String, String> options,
            Map<String, String> environment,
            Map<String, String> file) {
        var name = known.name();
        var variable = "STOA_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        var setting = new Setting(name, known.otherwise(), "default", known.form() == Form.SECRET);
        if (options.containsKey(name)) {
            setting = setting.with(options.get(name), "option --" + name);
        } else if (environment.containsKey(variable)) {
            setting = setting.with(environment.get(variable), variable);
        } else if (file.containsKey(name)) {
            setting = setting.with(file.get(name), FILE);
        }
        if (!known.form().pattern.matcher(setting.value()).matches()) {
            throw new Refusal(
                    "The setting "
                            + name
                            + " ("
                            + setting.from()
                            + ") is "
                            + known.form().words
                            + ", not \""
                            + setting.value()
                            + "\".");
        }
        return setting;
    }

    String get(String name) {
        var setting = settings.get(name);
        if (setting == null) {
            throw new IllegalArgumentException("There is no setting " + name);
        }
        return setting.value();
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(get(name));
    }

    int number(String name, int least, int most) {
        var value = get(name);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Refusal(notANumber(name, value, least, most), e);
        }
        throw new Refusal(notANumber(name, value, least, most));
    }

    List<Setting> all() {
        var all = new ArrayList<Setting>();
        KNOWN.forEach(known -> all.add(settings.get(known.name())));
        return all;
    }

    private static String notANumber(String name, String value, int least, int most) {
        return "The setting "
                + name
                + " is a number from "
                + least
                + " to "
                + most
                + ", not \""
                + value
                + "\".";
    }

    private static void readFile(Path file, Map<String, String> into) {
        if (!Files.exists(file)) {
            return;
        }
        try (var reader = Files.newBufferedReader(file)) {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            if (root != null && !(root instanceof Map)) {
                throw new Refusal(unreadable("it holds no settings, such as port: 8080", null));
            }
            flatten("", root, into);
        } catch (MarkedYAMLException e) {
            throw new Refusal(unreadable(e.getProblem(), e.getProblemMark()), e);
        } catch (IOException | YAMLException e) {
            throw new Refusal(unreadable(e.getMessage(), null), e);
        }
        for (var name : into.keySet()) {
            if (KNOWN.stream().noneMatch(known -> known.name().equals(name))) {
                throw new Refusal(
                        "The file " + file + " has a setting that there is not: " + name + ".");
            }
        }
    }

    private static String unreadable(@Nullable String problem, @Nullable Mark where) {
        return "The file "
                + FILE
                + " cannot be read"
                + (where == null ? "" : " at line " + (where.getLine() + 1))
                + ": "
                + String.valueOf(problem).lines().findFirst().orElse("");
    }

    private static void flatten(String path, @Nullable Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) ->
                    flatten(path.isEmpty() ? "" + key : path + "." + key, inner, into));
        } else if (value != null && !path.isEmpty()) {
            into.put(path, value.toString());
        }
    }
}
