package org.stoa.catalog.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.stoa.catalog.source.CourseSource.SourceFile;
import org.stoa.shared.Problem;

/** A file that a course takes along. */
public final class CarriedFile {
    private static final long LARGEST = 100L << 20;

    private CarriedFile() {}

    /**
     * Reads the file through for its size and digest.
     *
     * @throws Problem.Invalid if it cannot be read or has more than 100 MB
     */
    public static SourceFile of(String path, Path content) {
        try (InputStream bytes = Files.newInputStream(content)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
                if (size > LARGEST) {
                    throw new Problem.Invalid(
                            "file", "The file " + path + " is larger than 100 MB.");
                }
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            return new SourceFile(path, content, size, MediaTypes.of(path), sha256);
        } catch (IOException unreadable) {
            throw new Problem.Invalid("file", "The file " + path + " cannot be read.");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
