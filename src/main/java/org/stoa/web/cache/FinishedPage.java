package org.stoa.web.cache;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.HttpHeaders;

/** One page's bytes, plain and compressed, each with a strong entity tag of its own. */
record FinishedPage(byte[] plain, byte[] gzip, String plainTag, String gzipTag) {
    static final String TYPE = "text/html;charset=UTF-8";

    /** A browser asks again each time (and is mostly told 304); a CDN may keep it for a minute. */
    static final String CACHE_CONTROL = "public, max-age=0, s-maxage=60, must-revalidate";

    /**
     * What another cache on the way must look at, besides the address. The cookies, for one of them
     * holds the language that somebody chose: see docs/adr/0015.
     *
     * @param byBrowser whether those who chose nothing get what their browser says they read
     */
    static String vary(boolean byBrowser) {
        return byBrowser ? "Accept-Encoding, Cookie, Accept-Language" : "Accept-Encoding, Cookie";
    }

    static FinishedPage of(byte[] plain) {
        var digest = HexFormat.of().formatHex(sha256(plain), 0, 12);
        return new FinishedPage(
                plain, compressed(plain), '"' + digest + '"', '"' + digest + "-g\"");
    }

    byte[] bytes(boolean compressed) {
        return compressed ? gzip : plain;
    }

    String tag(boolean compressed) {
        return compressed ? gzipTag : plainTag;
    }

    int size() {
        return plain.length + gzip.length;
    }

    static boolean acceptsGzip(HttpServletRequest request) {
        var accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
    }

    private static byte[] compressed(byte[] plain) {
        var bytes = new ByteArrayOutputStream(plain.length / 3);
        try (var gzip =
                new GZIPOutputStream(bytes) {
                    {
                        def.setLevel(Deflater.BEST_COMPRESSION);
                    }
                }) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
