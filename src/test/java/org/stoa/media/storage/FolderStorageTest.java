package org.stoa.media.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStorageTest extends StorageContract {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Override
    Storage storage() {
        return new FolderStorage(folder);
    }

    @Test
    void whatIsNotWhatItWasSaidToBeIsNotKept() throws Exception {
        var school = UUID.randomUUID();
        var changed = "other".getBytes(StandardCharsets.UTF_8);
        var name = name("bytes".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() ->
                        storage().keep(school, name, 5, () -> new ByteArrayInputStream(changed)))
                .isInstanceOf(IOException.class);
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
