package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.stoa.catalog.source.CourseSource.SourceFile;
import org.stoa.media.Examined;
import org.stoa.media.MediaFile;
import org.stoa.shared.Problem;

/** A file that a course takes along. */
public final class CarriedFile {
    private static final long LARGEST = 100L << 20;

    private CarriedFile() {}

    /**
     * Reads the file through for its size and digest, and looks at what it is; a picture that is
     * none is reported, and carried as any other file.
     *
     * @throws Problem.Invalid if it cannot be read or has more than 100 MB
     */
    public static SourceFile of(String path, Path content, List<Finding> report) {
        try (InputStream bytes = Files.newInputStream(content)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
                if (size > LARGEST) {
                    throw new Problem.Invalid("file", say("imports.fileLarge", path));
                }
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Examined examined = Examined.of(path, content);
            if (!examined.complaint().isEmpty()) {
                report.add(Finding.warning(path, null, examined.complaint()));
            }
            return new SourceFile(
                    path,
                    () -> Files.newInputStream(content),
                    MediaFile.of(sha256, size, examined));
        } catch (IOException unreadable) {
            throw new Problem.Invalid("file", say("imports.fileUnreadable", path));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
