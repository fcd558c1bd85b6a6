package org.stoa.messaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on this machine that does as it is told. */
public final class MailServer implements AutoCloseable {
    /** How it behaves. */
    public enum Mood {
        TAKES,
        /** 451 at the recipient. */
        NOT_NOW,
        /** 550 at the recipient: there is none. */
        NEVER,
        /** 554 at the recipient: it will have nothing to do with us. */
        CLOSED,
        /** Hangs up without a word. */
        AWAY,
        /** Takes the mail, and breaks off before it answers. */
        BREAKS_OFF,
        /** Takes the mail, and is as slow as a worker may die in. */
        SLOW
    }

    private final ServerSocket socket;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.TAKES;

    public MailServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public void is(Mood other) {
        mood = other;
    }

    /** The mails that it took, whole, also those it did not answer for. */
    public List<String> taken() {
        return List.copyOf(taken);
    }

    /** Those for an address. */
    public List<String> takenFor(String address) {
        return taken.stream()
                .filter(mail -> mail.toLowerCase(Locale.ROOT).contains("to: " + address))
                .toList();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            if (mood == Mood.AWAY) {
                return;
            }
            var in =
                    new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            var out = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8);
            say(out, "220 here");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var verb = line.toUpperCase(Locale.ROOT).split("[ :]", 2)[0];
                switch (verb) {
                    case "EHLO" -> say(out, "250-here\r\n250 8BITMIME");
                    case "RCPT" ->
                            say(
                                    out,
                                    switch (mood) {
                                        case NOT_NOW -> "451 4.7.1 Come back in a while";
                                        case NEVER -> "550 5.1.1 Nobody of that name lives here";
                                        case CLOSED -> "554 5.7.1 Relaying is not for you";
                                        default -> "250 fine";
                                    });
                    case "DATA" -> {
                        say(out, "354 go on");
                        if (!take(in, out)) {
                            return;
                        }
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 fine");
                }
            }
        } catch (IOException e) {
            // The other side is gone.
        }
    }

    private boolean take(BufferedReader in, PrintStream out) throws IOException {
        var mail = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line).append("\r\n");
        }
        taken.add(mail.toString());
        if (mood == Mood.BREAKS_OFF) {
            return false;
        }
        if (mood == Mood.SLOW) {
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000_000L);
        }
        say(out, "250 2.0.0 taken as " + taken.size());
        return true;
    }

    private static void say(PrintStream out, String words) {
        out.print(words + "\r\n");
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
