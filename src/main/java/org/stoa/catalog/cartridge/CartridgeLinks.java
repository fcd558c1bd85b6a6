package org.stoa.catalog.cartridge;

import static org.stoa.shared.Words.say;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.source.Address;
import org.stoa.catalog.source.Names;
import org.stoa.catalog.source.Tree;

/** Where the links of a cartridge's pages lead, in the lasting form of a course's links. */
final class CartridgeLinks {
    private static final Pattern TOKEN = Pattern.compile("\\$([A-Za-z][A-Za-z_-]+)\\$/?(.*)");
    private static final Pattern OUTSIDE =
            Pattern.compile("(?is)(?:https?://|mailto:|tel:)\\S.*|#.*");
    private static final Pattern SCHEME = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*");

    sealed interface Target {
        /**
         * @param title the lesson's; empty for everything else
         */
        record To(String address, String title) implements Target {}

        /**
         * @param why {@code refused}, {@code empty} or {@code away}
         * @param address where it leads, as far as it is shown
         */
        record Nowhere(String why, String address) implements Target {
            /**
             * @param what leads there: {@code address}, {@code link}, {@code image} or {@code
             *     unnamed}
             * @param shown its own words
             */
            String said(String what, String shown) {
                return say("imports.nowhere." + what + "." + why, shown, address);
            }
        }
    }

    private record Lesson(String key, String title) {}

    private final Tree tree;
    private final Manifest manifest;
    private final Map<String, Lesson> byId = new HashMap<>();
    private final Map<String, Lesson> byPath = new HashMap<>();
    private final Map<String, Lesson> byPageName = new HashMap<>();
    private final Set<String> files = new TreeSet<>();

    CartridgeLinks(Tree tree, Manifest manifest) {
        this.tree = tree;
        this.manifest = manifest;
    }

    /** By everything that links call it: identifiers and files. */
    void lesson(String key, String title, List<String> ids, List<String> paths) {
        Lesson lesson = new Lesson(key, title);
        ids.forEach(it -> byId.putIfAbsent(it, lesson));
        for (String path : paths) {
            byPath.putIfAbsent(path, lesson);
            byPageName.putIfAbsent(Names.stem(path).toLowerCase(Locale.ROOT), lesson);
        }
    }

    /** The paths of the files that lessons refer to. */
    Set<String> files() {
        return files;
    }

    Target of(String file, String raw) {
        String address = raw.strip().replaceAll("(?i)%24", "\\$").replaceAll("[\\t\\n\\r]", "");
        Matcher token = TOKEN.matcher(address);
        if (token.find()) {
            Target target = reference(file, token.group(1), token.group(2));
            return target == null ? nowhere(address) : target;
        }
        if (OUTSIDE.matcher(address).matches()) {
            return new Target.To(address, "");
        }
        if (address.startsWith("//")) {
            return new Target.To("https:" + address, "");
        }
        if (SCHEME.matcher(address).matches()) {
            return new Target.Nowhere("refused", "");
        }
        Target target = path(Address.of(file, address));
        return target == null ? nowhere(address) : target;
    }

    private static Target nowhere(String address) {
        return new Target.Nowhere(address.isEmpty() ? "empty" : "away", Names.clean(address, 200));
    }

    private @Nullable Target reference(String file, String token, String rest) {
        return switch (token.toUpperCase(Locale.ROOT).replace('-', '_')) {
            case "IMS_CC_FILEBASE" -> file(file, rest);
            case "WIKI_REFERENCE" -> page(rest);
            case "CANVAS_OBJECT_REFERENCE", "CANVAS_COURSE_REFERENCE" -> object(file, rest);
            default -> null;
        };
    }

    private @Nullable Target file(String from, String rest) {
        String relative = rest.replaceFirst("^/+", "");
        for (String base : List.of("web_resources/_", "_", from)) {
            Target target = path(Address.of(base, relative));
            if (target != null) {
                return target;
            }
        }
        return null;
    }

    private @Nullable Target path(Address address) {
        if (!address.inside()) {
            return null;
        }
        Lesson lesson = byPath.get(address.path());
        if (lesson != null) {
            return to(lesson, address.fragment());
        }
        if (tree.file(address.path()) == null || address.path().equals(Manifest.FILE)) {
            return null;
        }
        files.add(address.path());
        return new Target.To("file:" + Address.encoded(address.path()), "");
    }

    private static Target to(Lesson lesson, String fragment) {
        return new Target.To("lesson:" + Address.encoded(lesson.key()) + fragment, lesson.title());
    }

    private @Nullable Target page(String rest) {
        return named(Address.of("", rest));
    }

    private @Nullable Target named(Address address) {
        String name = Names.last(address.path());
        Lesson lesson = byId.get(name);
        if (lesson == null) {
            lesson = byPageName.get(name.toLowerCase(Locale.ROOT));
        }
        return lesson == null ? null : to(lesson, address.fragment());
    }

    private @Nullable Target object(String from, String rest) {
        Address address = Address.of("", rest);
        List<String> steps = List.of(address.path().split("/"));
        String kind = steps.getFirst();
        String id = steps.size() < 2 ? "" : steps.get(1);
        if (kind.equals("pages") || kind.equals("wiki")) {
            return named(address);
        }
        if (kind.equals("file_contents") && steps.size() > 2) {
            return file(from, String.join("/", steps.subList(2, steps.size())));
        }
        Lesson lesson = byId.get(id);
        if (lesson != null) {
            return to(lesson, address.fragment());
        }
        Manifest.Resource resource = manifest.resource(id);
        return resource == null || Kind.of(resource) != Kind.FILE
                ? null
                : path(Address.of("", Address.encoded(resource.main())));
    }
}
