package org.stoa.media.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every storage does, whatever it is made of. */
abstract class StorageContract {
    private final UUID school = UUID.randomUUID();

    abstract Storage storage();

    @Test
    void whatIsKeptIsReadAsItWasAndInRanges() throws Exception {
        var bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        var name = keep(bytes);
        assertThat(storage().size(school, name)).hasValue(300_000);
        assertThat(read(storage().open(school, name))).isEqualTo(bytes);
        assertThat(read(storage().open(school, name, 0, 1))).containsExactly(bytes[0]);
        assertThat(read(storage().open(school, name, 299_990, 10)))
                .containsExactly(java.util.Arrays.copyOfRange(bytes, 299_990, 300_000));
        assertThat(read(storage().open(school, name, 100_000, 70_000)))
                .isEqualTo(java.util.Arrays.copyOfRange(bytes, 100_000, 170_000));
    }

    @Test
    void keepingTwiceIsKeepingOnce() throws Exception {
        var name = keep("rope".getBytes(StandardCharsets.UTF_8));
        storage()
                .keep(
                        school,
                        name,
                        4,
                        () -> {
                            throw new IOException("nobody needs to read it again");
                        });
        assertThat(read(storage().open(school, name))).asString().isEqualTo("rope");
    }

    @Test
    void whatWasMadeOfAFileStandsBesideIt() throws Exception {
        var made = keep("original".getBytes(StandardCharsets.UTF_8)) + "-720.1.avif";
        storage()
                .keep(
                        school,
                        made,
                        5,
                        () -> new ByteArrayInputStream("small".getBytes(StandardCharsets.UTF_8)));
        assertThat(read(storage().open(school, made))).asString().isEqualTo("small");
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        var name = keep(new byte[0]);
        assertThat(storage().size(school, name)).hasValue(0);
        assertThat(read(storage().open(school, name))).isEmpty();
    }

    @Test
    void aSchoolFindsNothingOfAnother() throws Exception {
        var name = keep("secret".getBytes(StandardCharsets.UTF_8));
        var other = UUID.randomUUID();
        assertThat(storage().size(other, name)).isEmpty();
        assertThatThrownBy(() -> read(storage().open(other, name)))
                .isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> read(storage().open(other, name, 0, 1)))
                .isInstanceOf(FileNotFoundException.class);
        storage().remove(other, name);
        assertThat(storage().size(school, name)).hasValue(6);
    }

    @Test
    void whatIsRemovedIsGone() throws Exception {
        var name = keep("gone".getBytes(StandardCharsets.UTF_8));
        storage().remove(school, name);
        storage().remove(school, name);
        assertThat(storage().size(school, name)).isEmpty();
    }

    @Test
    void whatFailsHalfWayLeavesNothing() throws Exception {
        var name = name(new byte[] {1, 2, 3});
        assertThatThrownBy(() ->
                        storage()
                                .keep(
                                        school,
                                        name,
                                        3,
                                        () ->
                                                new InputStream() {
                                                    private int given;

                                                    @Override
                                                    public int read() throws IOException {
                                                        if (given++ < 2) {
                                                            return given;
                                                        }
                                                        throw new IOException("cut");
                                                    }
                                                }))
                .isInstanceOf(IOException.class);
        assertThat(storage().size(school, name)).isEmpty();
    }

    @Test
    void aNameLeadsNowhereElse() {
        for (var name :
                new String[] {
                    "../../etc/passwd",
                    "",
                    "a",
                    "A".repeat(64),
                    "a".repeat(64) + "/x",
                    "a".repeat(64) + "-../x"
                }) {
            assertThatThrownBy(() -> storage().size(school, name))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private String keep(byte[] bytes) throws Exception {
        var name = name(bytes);
        storage().keep(school, name, bytes.length, () -> new ByteArrayInputStream(bytes));
        return name;
    }

    static String name(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] read(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }
}
