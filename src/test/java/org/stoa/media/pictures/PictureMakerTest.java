package org.stoa.media.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureMakerTest {
    private final PictureMaker maker = new PictureMaker(Path.of("target/test-data"));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void everyFormatIsThePictureMadeSmaller() throws Exception {
        assertThat(maker.writes(PictureFormat.AVIF)).as("FFmpeg runs here").isTrue();
        var made =
                make(
                        Hostile.picture("jpg", 1600, 1200),
                        720,
                        PictureFormat.AVIF,
                        PictureFormat.WEBP,
                        PictureFormat.JPEG);
        for (var one : made.files().entrySet()) {
            var header = PictureHeader.read(one.getValue()).orElseThrow();
            assertThat(header).isEqualTo(new PictureHeader(one.getKey(), 720, 540, 1));
        }
        assertThat(Files.size(made.get(PictureFormat.AVIF)))
                .isLessThan(Files.size(made.get(PictureFormat.JPEG)));
    }

    @Test
    void aPhonesPictureStandsUprightAndTellsNothing() throws Exception {
        var phone = Hostile.fromAPhone(400, 300);
        assertThat(new String(phone, StandardCharsets.ISO_8859_1)).contains("GPS-SECRET");
        var made = make(phone, 300, PictureFormat.AVIF, PictureFormat.WEBP, PictureFormat.JPEG);
        for (var one : made.files().entrySet()) {
            assertThat(Files.readString(one.getValue(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("GPS-SECRET")
                    .doesNotContain("Exif");
            assertThat(PictureHeader.read(one.getValue()).orElseThrow().height()).isEqualTo(400);
        }
        // Turned to the right, what was at the left is at the top: the red grows downwards.
        var upright = ImageIO.read(made.get(PictureFormat.JPEG).toFile());
        assertThat(new Color(upright.getRGB(150, 20)).getRed()).isLessThan(60);
        assertThat(new Color(upright.getRGB(150, 380)).getRed()).isGreaterThan(190);
    }

    @Test
    void whatIsClearStaysClear() throws Exception {
        var clear = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(50, 50, 0xFFFF0000);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(clear, "png", bytes);
        var made =
                make(
                        bytes.toByteArray(),
                        100,
                        PictureFormat.AVIF,
                        PictureFormat.WEBP,
                        PictureFormat.PNG);
        assertThat(ImageIO.read(made.get(PictureFormat.PNG).toFile()).getRGB(5, 5) >>> 24).isZero();
        var again = make(Files.readAllBytes(made.get(PictureFormat.WEBP)), 100, PictureFormat.PNG);
        assertThat(ImageIO.read(again.get(PictureFormat.PNG).toFile()).getRGB(5, 5) >>> 24)
                .isZero();
        var avif = make(Files.readAllBytes(made.get(PictureFormat.AVIF)), 100, PictureFormat.PNG);
        assertThat(avif.get(PictureFormat.PNG)).isNotEmptyFile();
    }

    @Test
    void whatMovesKeepsMoving() throws Exception {
        var gif = Hostile.moving(60, 40, 5);
        var comment = "!\u00fe\rTAKEN AT HOME\0".getBytes(StandardCharsets.ISO_8859_1);
        var talking =
                Hostile.join(
                        java.util.Arrays.copyOf(gif, gif.length - 1), comment, new byte[] {0x3B});
        var made = make(talking, 60, PictureFormat.GIF).get(PictureFormat.GIF);
        assertThat(PictureHeader.read(made).orElseThrow().frames()).isEqualTo(5);
        assertThat(Files.readString(made, StandardCharsets.ISO_8859_1)).doesNotContain("TAKEN");
    }

    @Test
    void theSmallestPictureIsOne() throws Exception {
        var made = make(Hostile.picture("png", 1, 1), 1, PictureFormat.WEBP, PictureFormat.PNG);
        assertThat(made.get(PictureFormat.PNG)).isNotEmptyFile();
    }

    @Test
    void whatCannotBeDecodedIsNoPicture() throws Exception {
        var png = Hostile.picture("png", 300, 200);
        java.util.Arrays.fill(png, 60, png.length, (byte) 0x55);
        assertThatThrownBy(() -> make(png, 300, PictureFormat.PNG)).isInstanceOf(NoPicture.class);
    }

    private record Made(Map<PictureFormat, Path> files) {
        Path get(PictureFormat format) {
            return java.util.Objects.requireNonNull(files.get(format));
        }
    }

    private Made make(byte[] bytes, int width, PictureFormat... formats) throws IOException {
        var of = Files.createTempDirectory(folder, "picture");
        var picture = Files.write(of.resolve("picture"), bytes);
        var into = new EnumMap<PictureFormat, Path>(PictureFormat.class);
        for (var format : formats) {
            into.put(format, of.resolve("made." + format.ending()));
        }
        maker.make(picture, PictureHeader.read(picture).orElseThrow(), width, into);
        return new Made(into);
    }
}
