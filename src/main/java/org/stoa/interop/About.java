package org.stoa.interop;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stoa.identity.records.SchoolRecord;
import org.stoa.shared.Colour;
import org.stoa.shared.Problem;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.json.JsonMapper;

/** The archive's {@code school.yaml}: what the archive is, and what the school says of itself. */
final class About {
    static final String PATH = "school.yaml";
    static final int LONGEST = 64 << 10;
    static final String FORMAT = "stoa-school";

    /** Files of another version are refused: half of a school is worse than none. */
    private static final String VERSION = "1";

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
    private static final JsonMapper JSON = JsonMapper.shared();

    private About() {}

    static String write(SchoolRecord school) {
        var accent = school.accent();
        return "format: "
                + FORMAT
                + "\nversion: "
                + VERSION
                + "\nname: "
                + quoted(school.name())
                + "\nsubdomain: "
                + quoted(school.subdomain())
                + "\nlanguage: "
                + quoted(school.language())
                + "\ntime_zone: "
                + quoted(school.timeZone().getId())
                + (accent == null ? "" : "\naccent: " + quoted(accent))
                + "\n";
    }

    /** JSON's strings are YAML's too. */
    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    /** Whether this is the beginning of such a file, of whatever version. */
    static boolean says(String text) {
        try {
            return FORMAT.equals(value(read(text), "format"));
        } catch (Problem.Invalid notYaml) {
            return false;
        }
    }

    /**
     * @throws Problem.Invalid when it is none, or of another version
     */
    static SchoolRecord school(String text) {
        var fields = read(text);
        if (!FORMAT.equals(value(fields, "format"))) {
            throw refusal("school.yaml does not say that this is a school: format: " + FORMAT);
        }
        var version = value(fields, "version");
        if (!VERSION.equals(version)) {
            throw refusal(
                    "The archive is of version "
                            + (version.length() > 20 ? "(unreadable)" : version)
                            + " of the format; this program reads version "
                            + VERSION
                            + ".");
        }
        var language = value(fields, "language");
        var accent = value(fields, "accent");
        return new SchoolRecord(
                value(fields, "name"),
                value(fields, "subdomain"),
                LANGUAGE.matcher(language).matches() && language.length() <= 35 ? language : "en",
                Colour.written(accent) ? accent : null,
                zone(value(fields, "time_zone")));
    }

    private static Map<?, ?> read(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setCodePointLimit(LONGEST);
        try {
            Object root = new Yaml(new SafeConstructor(options)).load(text);
            if (root instanceof Map<?, ?> fields) {
                return fields;
            }
        } catch (YAMLException notYaml) {
            throw refusal("school.yaml is no YAML that can be read.");
        }
        throw refusal("school.yaml says nothing.");
    }

    private static String value(Map<?, ?> fields, String name) {
        @Nullable Object value = fields.get(name);
        return value == null ? "" : value.toString();
    }

    private static ZoneId zone(String name) {
        try {
            return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }

    private static Problem.Invalid refusal(String message) {
        return new Problem.Invalid("file", message);
    }
}
