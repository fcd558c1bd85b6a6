package org.stoa.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** A setting this program knows. */
    private record Known(String name, String otherwise, boolean secret) {}

    /** A setting with its value. */
    record Setting(String name, String value, String from, boolean secret) {
        String shown() {
            return secret && !value.isEmpty() ? "••••••••" : value;
        }
    }

    private static final List<Known> KNOWN =
            List.of(
                    new Known("port", "8080", false),
                    new Known("data", "data", false),
                    new Known("host", "localhost", false),
                    new Known("role", "all", false),
                    new Known("empty", "false", false),
                    new Known("metrics.port", "0", false),
                    new Known("traces.endpoint", "", false),
                    new Known("traces.share", "0.01", false),
                    new Known("database.url", "", false),
                    new Known("database.owner.username", "stoa_owner", false),
                    new Known("database.owner.password", "", true),
                    new Known("database.app.username", "stoa_app", false),
                    new Known("database.app.password", "", true),
                    new Known("database.service.username", "stoa_service", false),
                    new Known("database.service.password", "", true),
                    new Known("limits.address-per-minute", "600000", false),
                    new Known("limits.person-per-minute", "300000", false),
                    new Known("limits.school-per-minute", "3000000", false));

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
        if (options.containsKey(name)) {
            return new Setting(name, options.get(name), "option --" + name, known.secret());
        }
        if (environment.containsKey(variable)) {
            return new Setting(name, environment.get(variable), variable, known.secret());
        }
        if (file.containsKey(name)) {
            return new Setting(name, file.get(name), FILE, known.secret());
        }
        return new Setting(name, known.otherwise(), "default", known.secret());
    }

    String get(String name) {
        var setting = settings.get(name);
        if (setting == null) {
            throw new IllegalArgumentException("There is no setting " + name);
        }
        return setting.value();
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
