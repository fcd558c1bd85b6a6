package org.stoa.catalog.cartridge;

import static org.stoa.shared.Words.say;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.cartridge.Manifest.Item;
import org.stoa.catalog.cartridge.Manifest.Resource;
import org.stoa.catalog.cartridge.Xml.Element;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Names;
import org.stoa.catalog.source.Tree;

/** The modules as the cartridge orders them: Canvas's own file, else the organization. */
final class Outline {
    static final String MODULES = "course_settings/module_meta.xml";
    private static final String LONE = "course";

    /**
     * @param id the item's identifier
     * @param address of a link that is no resource of its own; else empty
     */
    record Entry(String id, String title, @Nullable Resource resource, String address, int line) {}

    record Section(String id, String title, List<Entry> entries) {}

    private final Manifest manifest;
    private final List<Finding> report;
    private final String courseTitle;
    private final List<Section> sections = new ArrayList<>();
    private String file = Manifest.FILE;

    private Outline(Manifest manifest, List<Finding> report, String courseTitle) {
        this.manifest = manifest;
        this.report = report;
        this.courseTitle = courseTitle;
    }

    static List<Section> of(
            Tree tree, Manifest manifest, String courseTitle, List<Finding> report) {
        Outline outline = new Outline(manifest, report, courseTitle);
        Path modules = tree.file(MODULES);
        if (modules != null) {
            outline.canvas(modules);
        }
        if (outline.sections.isEmpty()) {
            outline.file = Manifest.FILE;
            outline.organization();
        }
        return outline.sections;
    }

    private void canvas(Path modules) {
        file = MODULES;
        try {
            Xml.read(modules).all("module").forEach(this::module);
        } catch (Xml.Unreadable wrong) {
            report.add(
                    Finding.error(
                            MODULES,
                            wrong.line(),
                            say("imports.modulesFromManifest", wrong.why())));
        }
    }

    private void module(Element module) {
        Section section = section(module.attribute("identifier"), module.text("title"));
        if (unpublished(module)) {
            info(module.line(), say("imports.module.unpublished", quoted(section.title())));
        }
        Element items = module.first("items");
        int indented = 0;
        for (Element item : items == null ? List.<Element>of() : items.all("item")) {
            indented += item.text("indent").matches("[1-9]\\d*") ? 1 : 0;
            canvasItem(item, section);
        }
        if (indented > 0) {
            info(module.line(), say("imports.indented", quoted(section.title()), indented));
        }
    }

    private void canvasItem(Element item, Section section) {
        String title = Names.title(item.text("title"));
        switch (item.text("content_type")) {
            case "ContextModuleSubHeader" -> heading(item.line(), title, section);
            case "ContextExternalTool" -> {
                String address = Names.clean(item.text("url"), 200);
                report.add(
                        Finding.warning(
                                file,
                                item.line(),
                                address.isEmpty()
                                        ? say("imports.tool", quoted(title))
                                        : say("imports.toolAt", quoted(title), address)));
            }
            default -> {
                if (unpublished(item)) {
                    info(item.line(), say("imports.entry.unpublished", quoted(title)));
                }
                entry(
                        section,
                        item.attribute("identifier"),
                        item.text("identifierref"),
                        title,
                        item.text("url"),
                        item.line());
            }
        }
    }

    private static boolean unpublished(Element element) {
        return element.text("workflow_state").equals("unpublished");
    }

    private void organization() {
        Section lone = new Section(LONE, courseTitle, new ArrayList<>());
        for (Item item : manifest.items()) {
            if (item.items().isEmpty() && !item.ref().isEmpty()) {
                if (lone.entries().isEmpty()) {
                    sections.add(lone);
                }
                entry(lone, item.id(), item.ref(), item.title(), "", item.line());
            } else {
                Section section = section(item.id(), item.title());
                if (!item.ref().isEmpty()) {
                    entry(section, item.id(), item.ref(), item.title(), "", item.line());
                }
                item.items().forEach(it -> flattened(it, section));
            }
        }
    }

    private void flattened(Item item, Section section) {
        if (!item.ref().isEmpty()) {
            entry(section, item.id(), item.ref(), item.title(), "", item.line());
        } else if (!item.title().isBlank()) {
            heading(item.line(), Names.title(item.title()), section);
        }
        item.items().forEach(it -> flattened(it, section));
    }

    private void heading(int line, String title, Section section) {
        info(line, say("imports.heading", quoted(title), quoted(section.title())));
    }

    private Section section(String id, String title) {
        String name = Names.title(title);
        Section section = new Section(id, name.isEmpty() ? courseTitle : name, new ArrayList<>());
        sections.add(section);
        return section;
    }

    private void entry(
            Section section, String id, String ref, String title, String address, int line) {
        Resource named = manifest.resource(ref);
        // Canvas's own file names a link by its address, the organization by its resource.
        Resource resource = named == null ? manifest.ofItem(id) : named;
        if (resource == null && address.isEmpty()) {
            report.add(
                    Finding.error(
                            file, line, say("imports.entry.nowhere", quoted(Names.title(title)))));
            return;
        }
        section.entries().add(new Entry(id, Names.title(title), resource, address, line));
    }

    private void info(int line, String message) {
        report.add(Finding.info(file, line, message));
    }

    private static String quoted(String title) {
        return "'" + title + "'";
    }
}
