package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Problem;

/** The files of a course's folder by their paths in it, with {@code /} between the names. */
public final class Tree {
    private static final int MOST_FILES = 20_000;
    private static final int LONGEST_PATH = 400;
    private static final int DEEPEST = 32;

    private final NavigableMap<String, Path> files = new TreeMap<>();
    private final TreeSet<String> folders = new TreeSet<>();
    private final Path root;
    private final List<Finding> report;

    private Tree(Path root, List<Finding> report) {
        this.root = root;
        this.report = report;
    }

    /**
     * @throws Problem.Invalid if there is no such folder, or it holds more than 20,000 files
     */
    public static Tree of(Path folder, List<Finding> report) {
        if (!Files.isDirectory(folder)) {
            throw new Problem.Invalid("file", say("imports.noFolder", folder.getFileName()));
        }
        try {
            Tree tree = new Tree(unwrapped(folder.toRealPath()), report);
            Files.walkFileTree(tree.root, tree.new Visitor());
            return tree;
        } catch (IOException failed) {
            throw new Problem.Invalid("file", say("imports.folderUnreadable"));
        }
    }

    /** A folder that only holds one folder is its wrapping, not part of the course. */
    private static Path unwrapped(Path folder) throws IOException {
        Path at = folder;
        for (int depth = 0; depth < DEEPEST; depth++) {
            try (Stream<Path> entries = Files.list(at)) {
                List<Path> inside =
                        entries.filter(it -> !Names.skipped(name(it))).limit(2).toList();
                if (inside.size() != 1
                        || !Files.isDirectory(inside.getFirst(), LinkOption.NOFOLLOW_LINKS)) {
                    return at;
                }
                at = inside.getFirst();
            }
        }
        return at;
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    public String rootName() {
        return name(root);
    }

    public NavigableMap<String, Path> files() {
        return files;
    }

    public @Nullable Path file(String path) {
        return files.get(path);
    }

    boolean isFolder(String path) {
        return folders.contains(path);
    }

    private String pathOf(Path file) {
        String path = root.relativize(file).toString().replace('\\', '/');
        return Normalizer.normalize(path, Normalizer.Form.NFC);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            if (Names.skipped(name(folder))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            String path = pathOf(folder);
            if (root.relativize(folder).getNameCount() > DEEPEST || path.length() > LONGEST_PATH) {
                report.add(Finding.error(Names.clean(path, 200), null, say("imports.tooDeep")));
                return FileVisitResult.SKIP_SUBTREE;
            }
            folders.add(path);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (Names.skipped(name(file))) {
                return FileVisitResult.CONTINUE;
            }
            String path = pathOf(file);
            if (path.length() > LONGEST_PATH || path.chars().anyMatch(Character::isISOControl)) {
                report.add(Finding.error(Names.clean(path, 200), null, say("imports.path")));
            } else if (attributes.isSymbolicLink()) {
                follow(file, path);
            } else if (attributes.isRegularFile()) {
                add(path, file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) {
            report.add(Finding.error(pathOf(file), null, say("imports.unreadableOut")));
            return FileVisitResult.CONTINUE;
        }

        private void follow(Path link, String path) {
            try {
                Path target = link.toRealPath();
                if (target.startsWith(root) && Files.isRegularFile(target)) {
                    add(path, target);
                    return;
                }
            } catch (IOException broken) {
                // Reported below like any other link that leads out of the course.
            }
            report.add(Finding.error(path, null, say("imports.symlink")));
        }

        private void add(String path, Path file) {
            files.put(path, file);
            if (files.size() > MOST_FILES) {
                throw new Problem.Invalid("file", say("imports.mostFiles"));
            }
        }
    }
}
