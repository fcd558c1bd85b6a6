package org.stoa.media;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.stoa.media.pictures.PictureMaker;
import org.stoa.shared.Problem;

/** Takes files in: counted while they come, looked at before they are kept. */
@Service
@EnableConfigurationProperties(UploadSettings.class)
public class Uploads {
    private final UploadSettings settings;
    private final MediaStore store;
    private final MediaFiles files;
    private final PictureMaker maker;

    Uploads(UploadSettings settings, MediaStore store, MediaFiles files, PictureMaker maker) {
        this.settings = settings;
        this.store = store;
        this.files = files;
        this.maker = maker;
    }

    /** The file is not taken, and why; nothing of it is kept. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean tooLarge;

        Refused(String sentence, boolean tooLarge) {
            super(sentence);
            this.tooLarge = tooLarge;
        }

        /** The file itself is; else there is no room for it now. */
        public boolean tooLarge() {
            return tooLarge;
        }
    }

    /**
     * Reads the file to its end and keeps its bytes; {@link MediaFiles#enter} makes it known.
     *
     * @param name as its author calls it
     * @param announced how long it says it is; negative where it does not
     * @throws Problem.Invalid when it is not what its name says, or nothing
     * @throws Refused when it is too large, or there is no room
     */
    public MediaFile receive(String name, long announced, InputStream content) throws IOException {
        long room = settings.mostOfSchool() - store.bytes();
        require(Math.max(1, announced), room);
        var half = Files.createTempFile("stoa-upload-", "");
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            long size = copy(content, half, digest, room);
            if (size == 0) {
                throw new Problem.Invalid("file", say("media.empty"));
            }
            var examined = Examined.of(name, half);
            if (!examined.complaint().isEmpty()) {
                throw new Problem.Invalid("file", examined.complaint());
            }
            var picture = examined.picture();
            if (picture != null && !maker.reads(picture.format())) {
                throw new Problem.Invalid("file", say("media.noAvif"));
            }
            var file = MediaFile.of(HexFormat.of().formatHex(digest.digest()), size, examined);
            files.keep(file, () -> Files.newInputStream(half));
            return file;
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        } catch (IOException e) {
            if (full(e)) {
                throw new Refused(say("media.noRoom"), false);
            }
            throw e;
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /** How many bytes a file may have. */
    public long largest() {
        return settings.mostOfFile();
    }

    private void require(long size, long room) throws Refused {
        if (size > settings.mostOfFile()) {
            throw new Refused(
                    "A file has at most %,d MB here.".formatted(settings.fileMegabytes()), true);
        }
        if (size > room) {
            throw new Refused(
                    "The school's room for files, %,d MB, is used up."
                            .formatted(settings.schoolMegabytes()),
                    false);
        }
    }

    private long copy(InputStream from, Path to, MessageDigest digest, long room)
            throws IOException {
        var buffer = new byte[1 << 16];
        long size = 0;
        try (var out = Files.newOutputStream(to)) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                size += read;
                require(size, room);
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return size;
    }

    private static boolean full(IOException e) {
        var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
    }
}
