package org.stoa.media.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.UUID;
import org.stoa.media.Bytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** In a bucket of any store that speaks as S3 does: {@code <school>/<two digits>/<name>}. */
public final class S3Storage implements Storage, AutoCloseable {
    private static final int GONE = 404;

    private final S3Client client;
    private final String bucket;

    public S3Storage(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    // A put is seen as a whole or not at all, so there is nothing half to take away.
    @Override
    public void keep(UUID school, String name, long size, Bytes content) throws IOException {
        if (size(school, name).isPresent()) {
            return;
        }
        try {
            client.putObject(
                    put -> put.bucket(bucket).key(key(school, name)),
                    RequestBody.fromContentProvider(
                            () -> opened(content), size, "application/octet-stream"));
        } catch (SdkException | UncheckedIOException e) {
            throw new IOException("The store took no file", e);
        }
    }

    @Override
    public OptionalLong size(UUID school, String name) throws IOException {
        var key = key(school, name);
        try {
            return OptionalLong.of(
                    client.headObject(head -> head.bucket(bucket).key(key)).contentLength());
        } catch (NoSuchKeyException e) {
            return OptionalLong.empty();
        } catch (S3Exception e) {
            if (e.statusCode() == GONE) {
                return OptionalLong.empty();
            }
            throw new IOException("The store did not say what it has", e);
        } catch (SdkException e) {
            throw new IOException("The store did not say what it has", e);
        }
    }

    @Override
    public InputStream open(UUID school, String name, long from, long length) throws IOException {
        var key = key(school, name);
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        try {
            return client.getObject(get ->
                    get.bucket(bucket).key(key).range("bytes=" + from + "-" + (from + length - 1)));
        } catch (NoSuchKeyException e) {
            throw (IOException) new FileNotFoundException(name).initCause(e);
        } catch (SdkException e) {
            throw new IOException("The store gave no file", e);
        }
    }

    @Override
    public void remove(UUID school, String name) throws IOException {
        var key = key(school, name);
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw new IOException("The store took no file away", e);
        }
    }

    private static InputStream opened(Bytes content) {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(UUID school, String name) {
        return school + "/" + Storage.checked(name).substring(0, 2) + "/" + name;
    }

    @Override
    public void close() {
        client.close();
    }
}
