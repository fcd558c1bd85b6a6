package org.stoa.media;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.jobs.Jobs;
import org.stoa.media.storage.Storage;
import org.stoa.tenancy.Caller;

/**
 * The files that the caller's school keeps. First {@link #keep} the bytes, then {@link #enter} them
 * in the transaction that gives them a meaning: bytes without a row do no harm, a row without its
 * bytes would.
 */
@Service
public class MediaFiles {
    private final MediaStore store;
    private final Storage storage;
    private final Jobs jobs;
    private final Clock clock;

    MediaFiles(MediaStore store, Storage storage, Jobs jobs, Clock clock) {
        this.store = store;
        this.storage = storage;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Keeps a copy of the file's bytes. */
    public void keep(MediaFile file, Bytes content) throws IOException {
        storage.keep(Caller.current().school().id(), file.sha256(), file.size(), content);
    }

    /** Makes files known whose bytes are kept, and has pictures made smaller soon. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void enter(List<MediaFile> files) {
        if (files.isEmpty()) {
            return;
        }
        var fresh = store.add(files, clock.instant());
        files.stream()
                .filter(it -> fresh.contains(it.sha256()) && it.sizes().isPresent())
                .map(MediaFile::sha256)
                .distinct()
                .forEach(it -> jobs.enqueue(PictureJob.KIND, new PictureJob.Picture(it)));
    }

    /** Those of them that the school has, by SHA-256. */
    public Map<String, MediaFile> find(Collection<String> sha256s) {
        return sha256s.isEmpty()
                ? Map.of()
                : store.find(sha256s).stream()
                        .collect(Collectors.toMap(MediaFile::sha256, Function.identity()));
    }

    /** Lets learners have them, from the end of the transaction on. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void release(Collection<String> sha256s) {
        if (!sha256s.isEmpty()) {
            store.release(sha256s);
        }
    }

    /** The bytes as they came in, to be closed. */
    public InputStream open(String sha256) throws IOException {
        return storage.open(Caller.current().school().id(), sha256);
    }
}
