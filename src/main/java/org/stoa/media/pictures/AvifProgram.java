package org.stoa.media.pictures;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FFmpeg, for AVIF: the system's if it can, else the one that comes along. A process of its own, so
 * that what breaks it breaks nothing else.
 */
final class AvifProgram {
    private static final Logger log = LoggerFactory.getLogger(AvifProgram.class);
    private static final String VERSION = "ffmpeg-8.0.1-1.5.13";
    private static final int SECONDS = 60;
    private static final List<String> ENCODER =
            List.of(
                    ("-c:v libsvtav1 -preset 8 -svtav1-params avif=1:lp=1 -pix_fmt yuv420p"
                                    + " -color_primaries bt709 -color_trc iec61966-2-1"
                                    + " -colorspace bt709 -color_range pc")
                            .split(" "));
    private static final List<String> CLEAR =
            List.of("-c:v libaom-av1 -still-picture 1 -cpu-used 8 -threads 1".split(" "));
    private static final List<String> PARTS =
            List.of(
                    "libavcodec.so.62",
                    "libavdevice.so.62",
                    "libavfilter.so.11",
                    "libavformat.so.62",
                    "libavutil.so.60",
                    "libdrm.so.2",
                    "libswresample.so.6",
                    "libswscale.so.9",
                    "libva-drm.so.2",
                    "libva.so.2",
                    "ffmpeg");

    private final Path programs;
    private @Nullable Path found;
    private boolean looked;

    AvifProgram(Path programs) {
        this.programs = programs.toAbsolutePath();
    }

    /** Whether there is one on this machine that writes and reads AVIF. */
    synchronized boolean runs() {
        if (!looked) {
            looked = true;
            found = find();
            if (found == null) {
                log.info("No FFmpeg runs here; pictures are given out without AVIF");
            }
        }
        return found != null;
    }

    /** As a PNG. */
    void read(Path avif, Path png) throws IOException {
        run(List.of("-f", "mov", "-i", avif.toString(), "-frames:v", "1", png.toString()));
    }

    /** What was drawn keeps more than what was photographed. */
    void write(Path png, PictureFormat from, Path avif) throws IOException {
        var arguments = new ArrayList<>(List.of("-f", "png_pipe", "-i", png.toString()));
        var colours = "scale=out_color_matrix=bt709:out_range=full,format=yuv420p";
        if (transparent(png)) {
            // Its second picture, how clear each place is, has one plane, which SVT does not write.
            arguments.addAll(
                    List.of(
                            "-filter_complex",
                            "[0:v]split[a][b];[a]" + colours + "[c];[b]alphaextract,format=gray[d]",
                            "-map",
                            "[c]",
                            "-map",
                            "[d]"));
            arguments.addAll(CLEAR);
        } else {
            arguments.addAll(List.of("-vf", colours));
            arguments.addAll(ENCODER);
        }
        arguments.addAll(List.of("-crf", from == PictureFormat.JPEG ? "35" : "28"));
        arguments.addAll(List.of("-frames:v", "1", avif.toString()));
        run(arguments);
    }

    /** The colour type in the header of a PNG. */
    private static boolean transparent(Path png) throws IOException {
        try (var bytes = new PictureBytes(png)) {
            return bytes.u8(25) == 6 || bytes.u8(25) == 4;
        }
    }

    private void run(List<String> arguments) throws IOException {
        if (!runs()) {
            throw new NoPicture(say("media.noAvifHere"));
        }
        var program = java.util.Objects.requireNonNull(found);
        var said = said(program, arguments);
        if (said.status() != 0) {
            throw new NoPicture(
                    "FFmpeg: "
                            + said.words()
                                    .lines()
                                    .filter(it -> !it.startsWith("Svt["))
                                    .findFirst()
                                    .orElse("no word"));
        }
    }

    private record Said(int status, String words) {}

    private static Said said(Path program, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(program.toString(), "-v", "error", "-nostdin", "-y"));
        command.addAll(arguments);
        var words = Files.createTempFile("stoa-ffmpeg-", "");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(words.toFile());
            // Nothing of what the server was told is any of its business.
            builder.environment().clear();
            if (program.getParent() != null) {
                builder.environment().put("LD_LIBRARY_PATH", program.getParent().toString());
            }
            var process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Said(-1, "It took too long");
            }
            return new Said(
                    process.exitValue(), Files.readString(words, StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The program ends", e);
        } finally {
            Files.deleteIfExists(words);
        }
    }

    private @Nullable Path find() {
        for (var folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            var program = Path.of(folder, "ffmpeg");
            if (!folder.isEmpty() && Files.isExecutable(program) && able(program)) {
                return program;
            }
        }
        try {
            var program = unpacked();
            return program != null && able(program) ? program : null;
        } catch (IOException e) {
            log.warn("FFmpeg could not be unpacked: {}", e.getMessage());
            return null;
        }
    }

    private static boolean able(Path program) {
        try {
            return said(program, List.of("-hide_banner", "-encoders")).words().contains("libsvtav1")
                    && said(program, List.of("-muxers")).words().contains(" avif");
        } catch (IOException e) {
            return false;
        }
    }

    /** Null where none comes along for this kind of machine. */
    private @Nullable Path unpacked() throws IOException {
        var arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        var kind = arch.equals("aarch64") ? "linux-arm64" : "linux-x86_64";
        var from = "/org/bytedeco/ffmpeg/" + kind + "/";
        var folder = programs.resolve(VERSION);
        if (Files.isExecutable(folder.resolve("ffmpeg"))) {
            return folder.resolve("ffmpeg");
        }
        if (AvifProgram.class.getResource(from + "ffmpeg") == null) {
            return null;
        }
        Files.createDirectories(programs);
        var half = Files.createTempDirectory(programs, "half-");
        for (var part : PARTS) {
            try (var in = AvifProgram.class.getResourceAsStream(from + part)) {
                if (in != null) {
                    Files.copy(in, half.resolve(part));
                }
            }
        }
        Files.setPosixFilePermissions(
                half.resolve("ffmpeg"), PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException another) {
            // Another node of this folder was quicker.
            if (!Files.isExecutable(folder.resolve("ffmpeg"))) {
                throw another;
            }
        }
        return folder.resolve("ffmpeg");
    }
}
