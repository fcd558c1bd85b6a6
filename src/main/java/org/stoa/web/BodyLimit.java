package org.stoa.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.stoa.web.access.FilterOrder;

/**
 * Refuses what is too large to be a call of the API, before anything is made of it. Uploads have
 * limits of their own.
 */
@Component
@Order(FilterOrder.BODIES)
class BodyLimit extends OncePerRequestFilter {
    private static final int MOST_BYTES = 1 << 20;
    private static final List<String> UPLOADS =
            List.of("application/zip", "application/octet-stream", "multipart/");

    private final ProblemWriter problems;

    BodyLimit(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        if (request.getRequestURI().startsWith("/api/webhooks/")) {
            return false;
        }
        var type = request.getContentType();
        return !request.getRequestURI().startsWith("/api/v1/")
                || (type != null
                        && UPLOADS.stream().anyMatch(type.toLowerCase(Locale.ROOT)::startsWith));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MOST_BYTES) {
            refuse(request, response);
            return;
        }
        try {
            chain.doFilter(new Limited(request), response);
        } catch (BodyTooLarge e) {
            refuse(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) {
        problems.write(request, response, HttpStatus.CONTENT_TOO_LARGE, BodyTooLarge.message());
    }

    /** A body sent in chunks says its length only by ending. */
    private static final class Limited extends HttpServletRequestWrapper {
        private @Nullable ServletInputStream stream;

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (stream == null) {
                stream = new Counting(super.getInputStream());
            }
            return stream;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Counting extends ServletInputStream {
        private final ServletInputStream source;
        private int left = MOST_BYTES;

        Counting(ServletInputStream source) {
            this.source = source;
        }

        private int counted(int read) {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new BodyTooLarge();
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            int one = source.read();
            counted(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return counted(source.read(target, from, length));
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }
    }
}
