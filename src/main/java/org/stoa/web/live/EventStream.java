package org.stoa.web.live;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page that listens. It takes the connection over from the request that opened it, whose
 * buffers (a hundred kilobytes) the server then uses for others. The server makes it.
 */
public final class EventStream implements InternalHttpUpgradeHandler {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final int NOTHING_EXPECTED = 64;

    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable EventStreams all;
    private EventStreams.@Nullable Reader reader;
    private @Nullable SocketWrapperBase<?> socket;
    private List<byte[]> early = new ArrayList<>();
    private boolean begun;
    private boolean ended;

    void begin(EventStreams all, EventStreams.Reader reader) {
        this.all = all;
        this.reader = reader;
    }

    EventStreams.Reader reader() {
        return Objects.requireNonNull(reader);
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> socket) {
        this.socket = socket;
    }

    /** The answer's head has left; from here on the connection is ours. */
    @Override
    public void init(WebConnection connection) {
        turn.lock();
        try {
            begun = true;
            early.forEach(this::write);
            early = List.of();
        } finally {
            turn.unlock();
        }
    }

    void write(byte[] bytes) {
        turn.lock();
        try {
            if (!begun) {
                early.add(bytes);
            } else if (!ended) {
                var out = Objects.requireNonNull(socket);
                out.write(true, bytes, 0, bytes.length);
                out.flush(true);
            }
        } catch (IOException e) {
            log.debug("A page that listened is gone: {}", e.getMessage());
            end();
        } finally {
            turn.unlock();
        }
    }

    void end() {
        turn.lock();
        try {
            if (!ended) {
                ended = true;
                Objects.requireNonNull(all).forget(this);
                if (socket != null) {
                    socket.close();
                }
            }
        } finally {
            turn.unlock();
        }
    }

    /** A page that listens has nothing to say: what comes is not kept, and its end is an end. */
    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        if (event != SocketEvent.OPEN_READ) {
            return SocketState.CLOSED;
        }
        var nothing = new byte[NOTHING_EXPECTED];
        try {
            int read;
            do {
                read = Objects.requireNonNull(socket).read(false, nothing, 0, nothing.length);
            } while (read > 0);
            return read < 0 ? SocketState.CLOSED : SocketState.UPGRADED;
        } catch (IOException e) {
            log.debug("A page that listened is gone: {}", e.getMessage());
            return SocketState.CLOSED;
        }
    }

    @Override
    public void destroy() {
        end();
    }

    @Override
    public void pause() {
        // The server is stopping; EventStreams ends all streams when it does.
    }

    @Override
    public void timeoutAsync(long now) {
        // A stream has no time that it must end by.
    }

    @Override
    public void setSslSupport(SSLSupport ssl) {
        // Nothing here asks how the connection is encrypted.
    }
}
