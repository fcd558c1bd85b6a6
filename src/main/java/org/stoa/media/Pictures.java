package org.stoa.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.stoa.media.pictures.NoPicture;
import org.stoa.media.pictures.PictureFormat;
import org.stoa.media.pictures.PictureHeader;
import org.stoa.media.pictures.PictureMaker;
import org.stoa.media.storage.Storage;

/**
 * Pictures in the sizes that pages need: made soon after they came in, or when first asked for,
 * whichever is earlier. Doing it twice does no harm.
 */
@Component
class Pictures implements DisposableBean {
    /** Part of the names: pictures made in another manner are other pictures. */
    private static final String MANNER = "1";

    private final Storage storage;
    private final PictureMaker maker;
    // Threads of their own, and few: the work is all processor, and would hold those that answer.
    private final ExecutorService workers =
            Executors.newFixedThreadPool(
                    Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                    Thread.ofPlatform().name("pictures-", 0).daemon().factory());
    private final Map<String, ReentrantLock> underWay = new ConcurrentHashMap<>();

    Pictures(Storage storage, PictureMaker maker) {
        this.storage = storage;
        this.maker = maker;
    }

    /**
     * What is to be sent.
     *
     * @param name in the storage
     */
    record Made(String name, PictureFormat format, long size) {}

    /**
     * The picture in that size and format, or in a format that every browser shows where this
     * machine cannot make the other.
     *
     * @throws NoPicture when it cannot be decoded
     */
    Made picture(UUID school, MediaFile file, int width, PictureFormat wanted) throws IOException {
        var kept = kept(school, file, width, wanted);
        if (kept != null) {
            return kept;
        }
        var sizes = file.sizes().orElseThrow();
        var format = maker.writes(wanted) ? wanted : sizes.plain();
        var lock = underWay.computeIfAbsent(school + file.sha256(), key -> new ReentrantLock());
        lock.lock();
        try {
            if (kept(school, file, width, format) == null) {
                make(school, file, Map.of(width, List.of(format)));
            }
        } finally {
            lock.unlock();
            underWay.remove(school + file.sha256(), lock);
        }
        var made = kept(school, file, width, format);
        if (made == null) {
            throw new IOException("A picture was made and is not there");
        }
        return made;
    }

    /** Makes every size that pages name and that is not there. */
    void all(UUID school, MediaFile file) throws IOException {
        var sizes = file.sizes().orElseThrow();
        var missing = new TreeMap<Integer, List<PictureFormat>>();
        for (int width : sizes.widths()) {
            var formats = new ArrayList<PictureFormat>();
            for (var format : sizes.formats()) {
                if (maker.writes(format)
                        && storage.size(school, name(file, width, format)).isEmpty()) {
                    formats.add(format);
                }
            }
            if (!formats.isEmpty()) {
                missing.put(width, formats);
            }
        }
        if (!missing.isEmpty()) {
            make(school, file, missing);
        }
    }

    private @Nullable Made kept(UUID school, MediaFile file, int width, PictureFormat format)
            throws IOException {
        var name = name(file, width, format);
        var size = storage.size(school, name);
        return size.isEmpty() ? null : new Made(name, format, size.getAsLong());
    }

    private void make(UUID school, MediaFile file, Map<Integer, List<PictureFormat>> wanted)
            throws IOException {
        try {
            workers.submit(
                            () -> {
                                work(school, file, wanted);
                                return true;
                            })
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoPicture broken) {
                throw broken;
            }
            throw new IOException("A picture could not be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("A picture was not made: the program ends", e);
        }
    }

    private void work(UUID school, MediaFile file, Map<Integer, List<PictureFormat>> wanted)
            throws IOException {
        var folder = Files.createTempDirectory("stoa-picture-");
        try {
            var original = folder.resolve("picture");
            try (var in = storage.open(school, file.sha256())) {
                Files.copy(in, original, StandardCopyOption.REPLACE_EXISTING);
            }
            var header =
                    PictureHeader.read(original)
                            .orElseThrow(() -> new NoPicture("What is kept is no picture."));
            for (var one : wanted.entrySet()) {
                var into = new EnumMap<PictureFormat, Path>(PictureFormat.class);
                for (var format : one.getValue()) {
                    into.put(format, folder.resolve(one.getKey() + "." + format.ending()));
                }
                maker.make(original, header, one.getKey(), into);
                for (var made : into.entrySet()) {
                    var path = made.getValue();
                    storage.keep(
                            school,
                            name(file, one.getKey(), made.getKey()),
                            Files.size(path),
                            () -> Files.newInputStream(path));
                }
            }
        } finally {
            delete(folder);
        }
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }

    private static String name(MediaFile file, int width, PictureFormat format) {
        return file.sha256() + "-" + width + "." + MANNER + "." + format.ending();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
