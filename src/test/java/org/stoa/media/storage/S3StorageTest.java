package org.stoa.media.storage;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against a store that speaks S3 over HTTP, with signed requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all
class S3StorageTest extends StorageContract {
    private S3Proxy server;
    private S3Storage storage;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        var files = new FilesystemNio2BlobStore(folder.toString());
        files.createContainer("school-files");
        server =
                S3Proxy.builder()
                        .blobStore(files)
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "stoa", "secret")
                        .build();
        server.start();
        var settings =
                new StorageSettings(
                        "s3",
                        "http://127.0.0.1:" + server.getPort(),
                        "us-east-1",
                        "school-files",
                        "stoa",
                        "secret");
        storage = new S3Storage(StorageConfiguration.client(settings), settings.bucket());
    }

    @AfterAll
    void stop() throws Exception {
        storage.close();
        server.stop();
    }

    @Override
    Storage storage() {
        return storage;
    }
}
