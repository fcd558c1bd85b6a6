package org.stoa.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.shared.Language;
import tools.jackson.databind.json.JsonMapper;

/** What the scripts say, as small scripts of each language under a hash of their content. */
@Component
public class ScriptWords {
    /** Where they stand. */
    public static final String FOLDER = "/assets/words/";

    /** What a first visit needs stays small: what forms and the studio say comes with them. */
    private static final List<String> OUTSIDE = List.of("script");

    private static final List<String> INSIDE = List.of("script", "script-forms");
    private static final List<String> STUDIO = List.of("script", "script-forms", "script-studio");

    private final JsonMapper json;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();

    ScriptWords(JsonMapper json) {
        this.json = json;
    }

    /**
     * Addresses of what the scripts of a page say in a language.
     *
     * @param personal with what is said about forms
     * @param studio with what is said where teachers write
     */
    List<String> addresses(Language language, boolean personal, boolean studio) {
        var areas = studio ? STUDIO : personal ? INSIDE : OUTSIDE;
        return addresses.computeIfAbsent(
                language.tag() + areas.size(),
                key -> areas.stream().map(area -> keep(language, area)).toList());
    }

    /** A script as it is sent. */
    record Script(byte[] plain, byte[] gzip) {}

    /** The script of this name; null when there is none. */
    @Nullable Script script(String name) {
        if (!scripts.containsKey(name)) {
            // Asked for before a page of this language was: a browser or a CDN kept the page.
            Language.all().forEach(language -> addresses(language, true, true));
        }
        return scripts.get(name);
    }

    private String keep(Language language, String area) {
        var texts = new TreeMap<>(Language.english().texts(area));
        texts.putAll(language.texts(area));
        var script =
                ("Object.assign((globalThis.stoaWords ??= {}), " + json.writeValueAsString(texts))
                        + ");\n";
        var bytes = script.getBytes(StandardCharsets.UTF_8);
        var name = area + "-" + language.tag() + "-" + hash(bytes) + ".js";
        scripts.put(name, new Script(bytes, compressed(bytes)));
        return FOLDER + name;
    }

    private static byte[] compressed(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
