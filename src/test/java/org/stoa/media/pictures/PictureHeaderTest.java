package org.stoa.media.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureHeaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aPictureIsWhatItsBytesSay() throws Exception {
        assertThat(read(Hostile.picture("png", 300, 200)))
                .isEqualTo(new PictureHeader(PictureFormat.PNG, 300, 200, 1));
        assertThat(read(Hostile.picture("jpg", 300, 200)))
                .isEqualTo(new PictureHeader(PictureFormat.JPEG, 300, 200, 1));
        assertThat(read(Hostile.moving(60, 40, 5)))
                .isEqualTo(new PictureHeader(PictureFormat.GIF, 60, 40, 5));
    }

    @Test
    void aPhonesPictureIsAsHighAsItIsSeen() throws Exception {
        assertThat(read(Hostile.fromAPhone(400, 300)))
                .isEqualTo(new PictureHeader(PictureFormat.JPEG, 300, 400, 1, 6));
    }

    @Test
    void aBombIsRefusedByItsHeader() {
        assertThatThrownBy(() -> read(Hostile.bomb()))
                .isInstanceOf(NoPicture.class)
                .hasMessageContaining("50,000 × 50,000 pixels");
    }

    @Test
    void whatEndsTooSoonIsBroken() throws Exception {
        var png = Hostile.picture("png", 30, 20);
        var jpeg = Hostile.picture("jpg", 30, 20);
        for (var cut :
                new byte[][] {
                    Arrays.copyOf(png, 18), Arrays.copyOf(jpeg, 30), Arrays.copyOf(jpeg, 4)
                }) {
            assertThatThrownBy(() -> read(cut)).isInstanceOf(NoPicture.class);
        }
    }

    @Test
    void aPictureWithoutItsEndIsRefusedWhateverItsFormat() throws Exception {
        var whole = new LinkedHashMap<String, byte[]>();
        for (var format : new String[] {"png", "jpg", "gif"}) {
            whole.put(format, Hostile.picture(format, 300, 200));
        }
        whole.put("a phone's", Hostile.fromAPhone(300, 200));
        whole.put("moving", Hostile.moving(60, 40, 5));
        whole.put("in passes", inPasses());
        var maker = new PictureMaker(folder);
        var from = Files.write(folder.resolve("from.png"), Hostile.picture("png", 300, 200));
        for (var format : new PictureFormat[] {PictureFormat.WEBP, PictureFormat.AVIF}) {
            if (maker.writes(format)) {
                var made = folder.resolve("made." + format.ending());
                var header = PictureHeader.read(from).orElseThrow();
                maker.make(from, header, 300, Map.of(format, made));
                whole.put(format.ending(), Files.readAllBytes(made));
            }
        }
        assertThat(whole).containsKey("webp");
        for (var one : whole.entrySet()) {
            var bytes = one.getValue();
            assertThat(PictureHeader.whole(file(bytes))).as(one.getKey()).isPresent();
            for (int end : new int[] {bytes.length * 2 / 3, bytes.length * 9 / 10}) {
                var cut = file(Arrays.copyOf(bytes, end));
                assertThatThrownBy(() -> PictureHeader.whole(cut))
                        .as(one.getKey())
                        .isInstanceOf(NoPicture.class)
                        .hasMessageContaining("its end is missing");
            }
        }
    }

    /** As cameras' programs save for the web: coarse first, then finer. */
    private static byte[] inPasses() throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersBySuffix("jpg").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            var how = writer.getDefaultWriteParam();
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(Hostile.drawn(300, 200), null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    @Test
    void whatIsNoPictureIsNone() throws Exception {
        for (var other :
                new String[] {
                    "<!doctype html><script>alert(1)</script>",
                    "",
                    "GIF8",
                    "RIFFxxxxWAVE",
                    "%PDF-1.7"
                }) {
            assertThat(PictureHeader.read(file(other.getBytes(StandardCharsets.UTF_8))))
                    .as(other)
                    .isEmpty();
        }
    }

    /** Whatever is done to the bytes: a size, a refusal, or no picture; soon, and nothing else. */
    @Test
    void damagedPicturesAreReadOrRefused() throws Exception {
        var random = new Random(7);
        var whole =
                new byte[][] {
                    Hostile.picture("png", 40, 30),
                    Hostile.fromAPhone(40, 30),
                    Hostile.moving(20, 20, 3)
                };
        for (int i = 0; i < 3_000; i++) {
            var bytes = whole[i % whole.length].clone();
            for (int j = 0; j < 1 + random.nextInt(8); j++) {
                bytes[random.nextInt(Math.min(bytes.length, 120))] = (byte) random.nextInt();
            }
            try {
                PictureHeader.read(file(bytes))
                        .ifPresent(it -> assertThat(it.width()).isPositive());
            } catch (NoPicture refused) {
                assertThat(refused).hasMessageStartingWith("The picture");
            }
        }
    }

    private PictureHeader read(byte[] bytes) throws IOException {
        return PictureHeader.read(file(bytes)).orElseThrow();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("picture"), bytes);
    }
}
