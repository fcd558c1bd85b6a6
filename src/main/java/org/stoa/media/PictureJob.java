package org.stoa.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.media.pictures.NoPicture;
import org.stoa.tenancy.Caller;

/** Makes the sizes of a picture that came in, so that no reader waits for them. */
@Component
class PictureJob {
    private static final Logger log = LoggerFactory.getLogger(PictureJob.class);

    static final JobKind<Picture> KIND =
            new JobKind<>("make-pictures", Picture.class, JobKind.Lane.BULK);

    private final MediaStore store;
    private final Pictures pictures;

    PictureJob(Jobs jobs, MediaStore store, Pictures pictures) {
        this.store = store;
        this.pictures = pictures;
        jobs.register(KIND, this::make);
    }

    record Picture(String sha256) {}

    private void make(Picture picture) {
        var file = store.find(picture.sha256()).orElse(null);
        if (file == null || file.sizes().isEmpty()) {
            return;
        }
        try {
            pictures.all(Caller.current().school().id(), file);
        } catch (NoPicture broken) {
            // It will be no better another time.
            log.info("The picture {} cannot be shown: {}", file.sha256(), broken.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
