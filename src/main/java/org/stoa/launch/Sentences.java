package org.stoa.launch;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import org.stoa.shared.Problem;

/** What a person is told when something cannot be, and what to do: never a stack trace. */
final class Sentences {
    private static final String NO_SPACE = "No space left on device";
    private static final String DISK_FULL = "53100";
    private static final Set<String> LOGIN = Set.of("28P01", "28000", "42501");
    private static final long LITTLE = 4_000_000;

    private Sentences() {}

    /** The sentence for this failure, from wherever in its causes; null when it is no known one. */
    static @Nullable String of(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            var sentence = ofOne(one);
            if (sentence != null) {
                return sentence;
            }
        }
        return null;
    }

    private static @Nullable String ofOne(Throwable failure) {
        return switch (failure) {
            case Problem.Invalid invalid when invalid.errors().size() > 1 ->
                    invalid.errors().stream()
                            .map(error -> error.field() + ": " + error.message())
                            .collect(Collectors.joining("\n"));
            case Refusal refusal -> refusal.getMessage();
            case Problem problem -> problem.getMessage();
            case PortInUseException port -> Ports.taken(port.getPort());
            case FlywayException e when e.getCause() == null ->
                    "The database does not fit this Stoa: "
                            + String.valueOf(e.getMessage()).strip();
            case SQLException e -> ofDatabase(e);
            case FileSystemException e ->
                    String.valueOf(e.getMessage()).contains(NO_SPACE)
                            ? "No space is left on the disk of "
                                    + e.getFile()
                                    + ". Free some and try again."
                            : "The file or folder "
                                    + e.getFile()
                                    + " cannot be used: "
                                    + reason(e)
                                    + ". Change its rights or choose another.";
            case BindException e -> "A port cannot be opened: " + e.getMessage() + ".";
            case IOException e when String.valueOf(e.getMessage()).contains(NO_SPACE) ->
                    "No space is left on the disk. Free some and try again.";
            default -> null;
        };
    }

    private static @Nullable String ofDatabase(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        if (state.equals(DISK_FULL)) {
            return "No space is left on the database's disk. Free some and try again.";
        }
        if (state.startsWith("08") || state.startsWith("57P")) {
            return "The database cannot be reached, or ended meanwhile ("
                    + failure.getMessage()
                    + "). See that it runs, and try again.";
        }
        if (LOGIN.contains(state)) {
            return "The database refuses Stoa ("
                    + failure.getMessage()
                    + "). Look at the settings database.* with: stoa config";
        }
        return state.equals("3D000")
                ? "There is no such database ("
                        + failure.getMessage()
                        + "). Make it, or look at database.url with: stoa config"
                : null;
    }

    /** Whether the failure comes from a disk without room. */
    static boolean diskFull(IOException failure, Path data) {
        if (String.valueOf(failure.getMessage()).contains(NO_SPACE)) {
            return true;
        }
        try {
            return Files.exists(data) && Files.getFileStore(data).getUsableSpace() < LITTLE;
        } catch (IOException e) {
            return false;
        }
    }

    static String diskFull(Path data) {
        return "No space is left on the disk of the data folder "
                + data.toAbsolutePath().normalize()
                + ". Free some (a new one takes about 200 MB), or choose another with --data.";
    }

    static String unwritable(Path data, FileSystemException failure) {
        return "The data folder "
                + data.toAbsolutePath().normalize()
                + " cannot be written ("
                + failure.getFile()
                + ": "
                + reason(failure)
                + "). Change its rights, start Stoa as the user who made it, or choose another with"
                + " --data.";
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failure.getReason() == null
                ? failure.getClass().getSimpleName().replace("Exception", "")
                : failure.getReason();
    }
}
