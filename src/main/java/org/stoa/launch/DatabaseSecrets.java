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

    /**
     * Reads the file, or writes it first where there is no database yet; only its owner may read
     * it.
     *
     * @throws Refusal when it is gone or spoilt, for without it nobody can open the database
     */
    static DatabaseSecrets in(Path folder) throws IOException {
        var file = folder.resolve("secrets.properties");
        if (!Files.exists(file)) {
            if (Files.exists(folder.resolve("cluster"))) {
                throw new Refusal(
                        "The file "
                                + file
                                + " is gone, and with it the passwords of the database beside it."
                                + " Put it back from a backup, or choose another folder with"
                                + " --data.");
            }
            write(file, drawn());
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw spoilt(file);
        }
        if (NAMES.stream().anyMatch(name -> properties.getProperty(name, "").isBlank())) {
            throw spoilt(file);
        }
        return new DatabaseSecrets(
                properties.getProperty("superuser"),
                properties.getProperty("owner"),
                properties.getProperty("app"),
                properties.getProperty("service"));
    }

    private static Refusal spoilt(Path file) {
        return new Refusal(
                "The file "
                        + file
                        + " lacks some of the database's passwords ("
                        + String.join(", ", NAMES)
                        + "). Put it back from a backup.");
    }

    private static Properties drawn() {
        var random = new SecureRandom();
        var properties = new Properties();
        for (var name : NAMES) {
            var bytes = new byte[BYTES];
            random.nextBytes(bytes);
            properties.setProperty(name, HexFormat.of().formatHex(bytes));
        }
        return properties;
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
