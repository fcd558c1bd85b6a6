package org.stoa.catalog.cartridge;

import static org.stoa.shared.Words.say;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.cartridge.Xml.Element;
import org.stoa.catalog.source.Address;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Names;
import org.stoa.catalog.source.Tree;
import org.stoa.shared.Problem;

/** What imsmanifest.xml says: IMS Common Cartridge 1.1 to 1.3, of one course. */
final class Manifest {
    static final String FILE = "imsmanifest.xml";

    /**
     * A place in the outline.
     *
     * @param ref the resource's identifier; empty for a heading
     */
    record Item(String id, String ref, String title, int line, List<Item> items) {}

    /**
     * @param href path in the cartridge; empty if it names none
     * @param fallback whether it only stands in for another, for programs that cannot read that one
     */
    record Resource(
            String id,
            String type,
            String href,
            List<String> files,
            List<String> dependencies,
            boolean fallback,
            boolean teachersOnly,
            int line) {
        /** Its own file, else the first of those with it, else empty. */
        String main() {
            return !href.isEmpty() ? href : files.isEmpty() ? "" : files.getFirst();
        }

        @Nullable String fileEnding(String ending) {
            return Stream.concat(Stream.of(href), files.stream())
                    .filter(it -> it.toLowerCase(Locale.ROOT).endsWith(ending))
                    .findFirst()
                    .orElse(null);
        }
    }

    private final Tree tree;
    private final List<Finding> report;
    private final Element root;
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final List<Item> items = new ArrayList<>();
    private final Map<String, String> refs = new HashMap<>();
    private final Set<String> missing = new HashSet<>();

    private Manifest(Tree tree, List<Finding> report, Element root) {
        this.tree = tree;
        this.report = report;
        this.root = root;
    }

    static Manifest read(Tree tree, List<Finding> report) {
        try {
            Element root = Xml.read(Objects.requireNonNull(tree.file(FILE)));
            if (!root.name().equals("manifest")) {
                throw refusal(1, say("imports.why.notManifest"));
            }
            if (root.text("metadata", "schema").toUpperCase(Locale.ROOT).contains("SCORM")) {
                throw refusal(1, say("imports.why.scorm"));
            }
            Manifest manifest = new Manifest(tree, report, root);
            manifest.readAll();
            return manifest;
        } catch (Xml.Unreadable wrong) {
            throw refusal(wrong.line(), wrong.why());
        }
    }

    private static Problem.Invalid refusal(@Nullable Integer line, String why) {
        return new Problem.Invalid(
                "file",
                line == null
                        ? say("imports.refused", FILE, why)
                        : say("imports.refusedAt", FILE, line, why));
    }

    String id() {
        return root.attribute("identifier");
    }

    String title() {
        return general("title");
    }

    String summary() {
        return general("description");
    }

    String language() {
        return root.text("metadata", "lom", "general", "language");
    }

    private String general(String name) {
        String text = root.text("metadata", "lom", "general", name, "string");
        return text.isEmpty() ? root.text("metadata", "lom", "general", name, "langstring") : text;
    }

    List<Item> items() {
        return items;
    }

    List<Resource> resources() {
        return List.copyOf(resources.values());
    }

    @Nullable Resource resource(String id) {
        return resources.get(id);
    }

    /** The resource that the organization's item of this identifier leads to. */
    @Nullable Resource ofItem(String item) {
        return resources.get(refs.getOrDefault(item, ""));
    }

    private void readAll() {
        Element all = root.first("resources");
        if (all != null) {
            String base = all.attribute("base");
            all.all("resource").forEach(it -> resource(it, base));
        }
        Element organization = root.first("organizations", "organization");
        if (organization != null) {
            List<Element> top = organization.all("item");
            boolean rooted = top.size() == 1 && top.getFirst().attribute("identifierref").isEmpty();
            boolean titled = rooted && !top.getFirst().text("title").isEmpty();
            // Common Cartridge wraps its outline in one item without a title.
            (rooted && !titled ? top.getFirst().all("item") : top)
                    .forEach(it -> items.add(item(it)));
        }
    }

    private Item item(Element element) {
        String id = element.attribute("identifier");
        String ref = element.attribute("identifierref");
        if (!id.isEmpty()) {
            refs.putIfAbsent(id, ref);
        }
        return new Item(
                id,
                ref,
                element.text("title"),
                element.line(),
                element.all("item").stream().map(this::item).toList());
    }

    private void resource(Element element, String base) {
        String inside = base + element.attribute("base");
        List<String> files =
                element.all("file").stream()
                        .map(it -> path(inside + it.attribute("href"), it.line()))
                        .filter(it -> !it.isEmpty())
                        .toList();
        String href = element.attribute("href");
        Resource resource =
                new Resource(
                        element.attribute("identifier"),
                        element.attribute("type").toLowerCase(Locale.ROOT),
                        href.isEmpty() ? "" : path(inside + href, element.line()),
                        files,
                        element.all("dependency").stream()
                                .map(it -> it.attribute("identifierref"))
                                .toList(),
                        element.first("variant") != null,
                        teachersOnly(element),
                        element.line());
        if (resource.id().isEmpty()) {
            warn(element.line(), say("imports.cartridge.noId"));
        } else if (resources.putIfAbsent(resource.id(), resource) != null) {
            warn(element.line(), say("imports.cartridge.sameId", shown(resource.id())));
        }
    }

    private static boolean teachersOnly(Element resource) {
        Element role = resource.first("metadata", "lom", "educational", "intendedEndUserRole");
        return role != null && role.text("value").equals("Instructor");
    }

    /** As the cartridge's files are named; empty where it is none of them, which is reported. */
    private String path(String href, int line) {
        String plain = Normalizer.normalize(href.replace('\\', '/'), Normalizer.Form.NFC);
        if (tree.file(plain) != null) {
            return plain;
        }
        Address address = Address.of("", href);
        if (address.inside() && tree.file(address.path()) != null) {
            return address.path();
        }
        boolean out = !address.inside() || address.path().startsWith("..");
        if (missing.add(href)) {
            var shown = Names.clean(href, 200);
            warn(
                    line,
                    out
                            ? say("imports.cartridge.outside", shown)
                            : say("imports.cartridge.listed", shown));
        }
        return "";
    }

    private void warn(int line, String message) {
        report.add(Finding.warning(FILE, line, message));
    }

    private static String shown(String id) {
        return Names.clean(id, 80);
    }
}
