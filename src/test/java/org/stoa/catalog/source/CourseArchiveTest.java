package org.stoa.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stoa.shared.Problem;

class CourseArchiveTest {
    private interface Filling {
        void into(ZipArchiveOutputStream zip) throws IOException;
    }

    @TempDir Path folder;
    private Path zip = Path.of("");

    @BeforeEach
    void nameTheZip() {
        zip = folder.resolve("course.zip");
    }

    @Test
    void anArchiveThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> CourseArchive.unpack(folder.resolve("gone.zip"), "gone.zip"))
                .isInstanceOf(Problem.Invalid.class)
                .hasMessage("There is no file gone.zip.");
    }

    private void pack(Filling filling) throws IOException {
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            filling.into(out);
        }
    }

    private static void put(ZipArchiveOutputStream out, String name, byte[] bytes)
            throws IOException {
        out.putArchiveEntry(new ZipArchiveEntry(name));
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static void put(ZipArchiveOutputStream out, String name, String text)
            throws IOException {
        put(out, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(String because) {
        assertThatThrownBy(() -> CourseArchive.unpack(zip, "course.zip").read())
                .isInstanceOf(Problem.Invalid.class)
                .hasMessageContaining(because);
    }

    @Test
    void aSingleTopFolderIsUnwrapped() throws IOException {
        pack(out -> {
            put(out, "my-course-main/README.md", "# Mine\n");
            put(out, "my-course-main/a.md", "# A\n");
            put(out, "__MACOSX/._a.md", "junk");
        });
        try (CourseArchive archive = CourseArchive.unpack(zip, "x.zip")) {
            CourseSource course = archive.read();
            assertThat(course.title()).isEqualTo("Mine");
            assertThat(course.lessons()).extracting(it -> it.key()).containsExactly("a.md");
        }
    }

    @Test
    void whatIsUnpackedIsGoneWhenClosed() throws IOException {
        pack(out -> {
            put(out, "a.md", "# A\n\n[f](f.csv)\n");
            put(out, "f.csv", "1");
        });
        org.stoa.media.Bytes file;
        try (CourseArchive archive = CourseArchive.unpack(zip, "Bread Baking.zip")) {
            CourseSource course = archive.read();
            file = course.files().getFirst().content();
            assertThat(file.open()).hasContent("1");
            assertThat(course.title()).isEqualTo("Bread Baking");
        }
        assertThatThrownBy(file::open).isInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out.md",
                "a/../../out.md",
                "/etc/out.md",
                "C:/out.md",
                "c:out.md",
                "..\\out.md",
                "\\\\host\\out.md",
                "a/.."
            })
    void entriesThatClimbOutAreRefused(String name) throws IOException {
        pack(out -> put(out, name, "# Out\n"));
        byte[] bytes = Files.readAllBytes(zip);
        // The writer turns backslashes round; put them back as a hostile archive has them.
        if (name.contains("\\")) {
            String whole = new String(bytes, StandardCharsets.ISO_8859_1);
            whole = whole.replace(name.replace('\\', '/'), name);
            Files.write(zip, whole.getBytes(StandardCharsets.ISO_8859_1));
        }
        refused("leads out");
    }

    @Test
    void symbolicLinksDuplicatesAndCollisionsAreRefused() throws IOException {
        pack(out -> {
            ZipArchiveEntry link = new ZipArchiveEntry("link.md");
            link.setUnixMode(0120777);
            out.putArchiveEntry(link);
            out.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
        });
        refused("symbolic link");
        pack(out -> {
            put(out, "a.md", "# A\n");
            put(out, "a.md", "# B\n");
        });
        refused("twice");
        pack(out -> {
            put(out, "a", "file");
            put(out, "a/b.md", "# B\n");
        });
        refused("");
    }

    @Test
    void encryptedAndDamagedArchivesAreRefused() throws IOException {
        pack(out -> put(out, "a.md", "# A\n"));
        byte[] bytes = Files.readAllBytes(zip);
        byte[] locked = bytes.clone();
        for (int at = 0; at < locked.length - 10; at++) {
            if (locked[at] == 'P' && locked[at + 1] == 'K' && locked[at + 2] == 1) {
                locked[at + 8] |= 1;
            } else if (locked[at] == 'P' && locked[at + 1] == 'K' && locked[at + 2] == 3) {
                locked[at + 6] |= 1;
            }
        }
        Files.write(zip, locked);
        refused("encrypted");
        for (int length = 0; length < bytes.length; length += 7) {
            Files.write(zip, java.util.Arrays.copyOf(bytes, length));
            refused("");
        }
        Files.writeString(zip, "This is not a zip.");
        refused("not a zip");
    }

    @Test
    void aChangedByteAnywhereIsEitherHarmlessOrRefused() throws IOException {
        pack(out -> put(out, "a.md", "# A\n\nSome text to be packed, packed, packed.\n"));
        byte[] bytes = Files.readAllBytes(zip);
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) 0xFF;
            Files.write(zip, changed);
            try (CourseArchive archive = CourseArchive.unpack(zip, "x.zip")) {
                archive.read();
            } catch (Problem.Invalid refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void bombsAreRefusedBeforeTheyFillTheDisk() throws IOException {
        byte[] zeros = new byte[1 << 20];
        pack(out -> {
            put(out, "a.md", "# A\n");
            out.putArchiveEntry(new ZipArchiveEntry("zeros.bin"));
            for (int mega = 0; mega < 60; mega++) {
                out.write(zeros);
            }
            out.closeArchiveEntry();
        });
        refused("far more");
        pack(out -> {
            for (int number = 0; number <= 20_000; number++) {
                put(out, "f" + number, "");
            }
        });
        refused("20,000");
        pack(out -> put(out, "d/".repeat(50) + "a.md", "# A\n"));
        refused("too long or deep");
        pack(out -> put(out, "x".repeat(401), "# A\n"));
        refused("too long or deep");
    }
}
