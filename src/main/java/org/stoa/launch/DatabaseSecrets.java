package org.stoa.launch;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/** The passwords of the embedded database's roles, drawn at random once and kept beside it. */
public record DatabaseSecrets(String superuser, String owner, String app, String service) {
    private static final List<String> NAMES = List.of("superuser", "owner", "app", "service");
    private static final int BYTES = 24;

    /** Reads the file, or writes it first; only its owner may read it. */
    static DatabaseSecrets in(Path file) throws IOException {
        var properties = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        } else {
            var random = new SecureRandom();
            for (var name : NAMES) {
                var bytes = new byte[BYTES];
                random.nextBytes(bytes);
                properties.setProperty(name, HexFormat.of().formatHex(bytes));
            }
            write(file, properties);
        }
        return new DatabaseSecrets(
                properties.getProperty("superuser", ""),
                properties.getProperty("owner", ""),
                properties.getProperty("app", ""),
                properties.getProperty("service", ""));
    }

    private static void write(Path file, Properties properties) throws IOException {
        var text = new StringWriter();
        properties.store(text, "Passwords of the embedded database. Keep this file to yourself.");
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
