package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.source.LinkRewriting.Fate;

/** Gives a lesson's links their lasting form, and says which of them lead nowhere. */
final class InnerLinks {
    private static final List<String> INTRODUCTIONS =
            List.of("README.md", "readme.md", "index.md", "_index.md", "Readme.md");

    private final Tree tree;
    private final Map<String, String> keys;
    private final List<Finding> report;
    private final Set<String> files = new LinkedHashSet<>();

    /**
     * @param keys lesson keys by the paths of their pages
     */
    InnerLinks(Tree tree, Map<String, String> keys, List<Finding> report) {
        this.tree = tree;
        this.keys = keys;
        this.report = report;
    }

    /** The paths of the files that lessons refer to. */
    Set<String> files() {
        return files;
    }

    String body(Page page, String title) {
        return LinkRewriting.body(
                page,
                title,
                (address, image, line) ->
                        image ? image(page, address, line) : link(page, address, line));
    }

    private Fate image(Page page, String destination, int line) {
        String lower = destination.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith("file:")) {
            return new Fate.Keep();
        }
        if (lower.startsWith("http:") || lower.startsWith("https:") || lower.startsWith("//")) {
            report.add(
                    Finding.warning(
                            page.path(),
                            line,
                            say("imports.image.elsewhere", Names.clean(destination, 200))));
            return new Fate.Apart();
        }
        Address address = Address.of(page.path(), destination);
        if (address.inside() && tree.file(address.path()) != null) {
            files.add(address.path());
            return new Fate.To("file:" + Address.encoded(address.path()));
        }
        missing(page, line, "image", address);
        return address.inside()
                ? new Fate.Gone("file:" + Address.encoded(address.path()))
                : new Fate.Plain();
    }

    private Fate link(Page page, String destination, int line) {
        Address address = Address.of(page.path(), destination);
        if (!address.inside()) {
            return new Fate.Keep();
        }
        String key = key(address.path());
        if (key != null) {
            return new Fate.To("lesson:" + Address.encoded(key) + address.fragment());
        }
        if (Names.markdown(address.path()) && tree.file(address.path()) != null) {
            report.add(
                    Finding.warning(
                            page.path(), line, say("imports.link.noLesson", address.path())));
            return new Fate.Plain();
        }
        if (tree.file(address.path()) != null) {
            files.add(address.path());
            return new Fate.To("file:" + Address.encoded(address.path()));
        }
        missing(page, line, "target", address);
        return new Fate.Plain();
    }

    private @Nullable String key(String path) {
        String key = keys.get(path);
        if (key != null) {
            return key;
        }
        for (String introduction : INTRODUCTIONS) {
            key = keys.get(Names.under(path, introduction));
            if (key != null) {
                return key;
            }
        }
        if (tree.file(path) != null) {
            return null;
        }
        String stem = path.replaceFirst("\\.html?$", "");
        return keys.get(stem + ".md");
    }

    private void missing(Page page, int line, String what, Address address) {
        String path = Names.clean(address.path(), 200);
        String why =
                path.startsWith("..")
                        ? "outside"
                        : tree.isFolder(address.path()) ? "folder" : "missing";
        report.add(
                Finding.warning(
                        page.path(), line, say("imports.missing." + what + "." + why, path)));
    }
}
