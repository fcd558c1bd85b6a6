package org.stoa.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The bytes of courses' files, each school's apart, under their SHA-256: {@code media/<school>/<two
 * digits>/<sha256>}. A name is there only once all of its bytes are.
 */
@Component
class MediaFiles {
    private final Path root;

    MediaFiles(@Value("${stoa.data:data}") Path data) {
        this.root = data.toAbsolutePath().normalize().resolve("media");
    }

    Path path(UUID school, String sha256) {
        return root.resolve(school.toString()).resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /**
     * Keeps a copy; nothing to do where it is kept already.
     *
     * @throws IOException also when the content has another hash than was said
     */
    void keep(UUID school, String sha256, Path content) throws IOException {
        var target = path(school, sha256);
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(target.getParent());
        var half = Files.createTempFile(target.getParent(), "half-", "");
        try {
            if (!copy(content, half).equals(sha256)) {
                throw new IOException("The file changed while it was read: " + content);
            }
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private static String copy(Path from, Path to) throws IOException {
        var digest = sha256();
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            in.transferTo(out);
        }
        // The rename must not outlive the bytes when the power fails.
        try (var written = FileChannel.open(to, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
