package org.stoa.media.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.stoa.media.Bytes;

/**
 * On the file system: {@code <school>/<two digits>/<name>}. A name is there only once all of its
 * bytes are on the disk, whatever ends the program meanwhile.
 */
public final class FolderStorage implements Storage {
    private final Path root;

    public FolderStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void keep(UUID school, String name, long size, Bytes content) throws IOException {
        var target = path(school, name);
        if (Files.exists(target)) {
            return;
        }
        var folder = Objects.requireNonNull(target.getParent());
        Files.createDirectories(folder);
        var half = Files.createTempFile(folder, "half-", "");
        try {
            try (var in = new Checked(content.open(), name, size)) {
                Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
                in.check();
            }
            force(half, StandardOpenOption.WRITE);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            // The name, too, must outlive a power cut: a row that follows counts on it.
            force(folder, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    @Override
    public OptionalLong size(UUID school, String name) throws IOException {
        try {
            return OptionalLong.of(Files.size(path(school, name)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream open(UUID school, String name, long from, long length) throws IOException {
        try {
            var channel = FileChannel.open(path(school, name), StandardOpenOption.READ);
            channel.position(from);
            return new Limited(Channels.newInputStream(channel), length);
        } catch (NoSuchFileException e) {
            throw (IOException) new FileNotFoundException(name).initCause(e);
        }
    }

    @Override
    public void remove(UUID school, String name) throws IOException {
        Files.deleteIfExists(path(school, name));
    }

    private Path path(UUID school, String name) {
        return root.resolve(school.toString())
                .resolve(Storage.checked(name).substring(0, 2))
                .resolve(name);
    }
}
