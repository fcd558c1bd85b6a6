package org.stoa.catalog.cartridge;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.cartridge.Manifest.Resource;
import org.stoa.catalog.cartridge.Outline.Entry;
import org.stoa.catalog.source.Address;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Names;
import org.stoa.catalog.source.Tree;

/** Reads what becomes a lesson; what cannot be carried over goes into the report. */
final class Materials {
    private static final long LARGEST_PAGE = 2L << 20;
    private static final List<String> PICTURES =
            List.of(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg");

    private final Tree tree;
    private final Manifest manifest;
    private final List<Finding> report;

    Materials(Tree tree, Manifest manifest, List<Finding> report) {
        this.tree = tree;
        this.manifest = manifest;
        this.report = report;
    }

    /** Null where nothing of it becomes a lesson; the report then says why. */
    @Nullable Material of(Entry entry) {
        Resource resource = entry.resource();
        if (resource == null) {
            return link(Outline.MODULES, entry.line(), entry.title(), entry.address());
        }
        if (resource.teachersOnly()) {
            info(resource.main(), say("imports.teachersOnly"));
        }
        try {
            return switch (Kind.of(resource)) {
                case PAGE -> page(resource.main());
                case ASSIGNMENT -> assignment(resource);
                case TOPIC -> topic(resource);
                case LINK -> webLink(resource, entry);
                case QUIZ -> quiz(resource);
                case FILE, SUPPORT -> file(resource.main(), entry.title());
                case TOOL -> tool(resource);
                case BANK -> null;
                case UNKNOWN -> {
                    error(
                            Manifest.FILE,
                            resource.line(),
                            say("imports.resourceType", Names.clean(resource.type(), 80)));
                    yield null;
                }
            };
        } catch (Xml.Unreadable wrong) {
            error(
                    resource.main(),
                    wrong.line(),
                    entry.title().isEmpty()
                            ? say("imports.leftOut", wrong.why())
                            : say("imports.leftOutNamed", entry.title(), wrong.why()));
            return null;
        }
    }

    private Path there(String path) throws Xml.Unreadable {
        Path file = tree.file(path);
        if (file == null) {
            throw new Xml.Unreadable(null, say("imports.why.noFile"));
        }
        return file;
    }

    private Material page(String path) throws Xml.Unreadable {
        Path file = there(path);
        try (InputStream bytes = Files.newInputStream(file)) {
            if (Files.size(file) > LARGEST_PAGE) {
                throw new Xml.Unreadable(null, say("imports.why.pageSize"));
            }
            Document page = Jsoup.parse(bytes, null, "", parser());
            for (Element meta : page.select("meta[name=workflow_state]")) {
                if (!meta.attr("content").equals("active")) {
                    info(path, say("imports.page.unpublished"));
                }
            }
            return new Material(page.title(), page.body(), path, 1);
        } catch (IOException failed) {
            throw new Xml.Unreadable(null, say("imports.why.unreadable"));
        }
    }

    private static Parser parser() {
        return Parser.htmlParser().setTrackPosition(true);
    }

    private static Material text(String title, String html, String file, int line) {
        return new Material(title, Jsoup.parse(html, "", parser()).body(), file, line);
    }

    private Material assignment(Resource resource) throws Xml.Unreadable {
        String settings = resource.fileEnding("/assignment_settings.xml");
        String path = settings == null ? resource.main() : settings;
        Xml.Element xml = Xml.read(there(path));
        Xml.Element inner = xml.first("extensions", "assignment");
        report.addAll(AssignmentSettings.of(path, xml, inner == null ? xml : inner));
        Xml.Element words = xml.first("text");
        if (settings == null && words != null) {
            return text(xml.text("title"), html(words), path, words.line());
        }
        String page = resource.fileEnding(".html");
        if (page == null) {
            throw new Xml.Unreadable(null, say("imports.why.noText"));
        }
        Material material = page(page);
        return new Material(xml.text("title"), material.body(), page, 1);
    }

    private static String html(Xml.Element text) {
        if (!text.attribute("texttype").toLowerCase(Locale.ROOT).contains("plain")) {
            return text.wholeText();
        }
        Element lines = new Element("pre");
        lines.text(text.wholeText());
        return lines.html().strip().replaceAll("\n{2,}", "<p>").replace("\n", "<br>");
    }

    private @Nullable Material topic(Resource resource) throws Xml.Unreadable {
        String path = resource.main();
        Xml.Element topic = Xml.read(there(path));
        for (String id : resource.dependencies()) {
            Resource meta = manifest.resource(id);
            String about = meta == null ? "" : meta.main();
            Path file = about.endsWith(".xml") ? tree.file(about) : null;
            if (file == null) {
                continue;
            }
            Xml.Element settings = Xml.read(file);
            if (settings.text("type").equals("announcement")) {
                warning(path, say("imports.announcement", title(topic)));
                return null;
            }
            if (settings.text("workflow_state").equals("unpublished")) {
                info(path, say("imports.discussion.unpublished", title(topic)));
            }
        }
        info(path, say("imports.discussion", title(topic)));
        Xml.Element words = topic.first("text");
        Material text =
                words == null
                        ? text(topic.text("title"), "", path, 1)
                        : text(topic.text("title"), html(words), path, words.line());
        Xml.Element attachments = topic.first("attachments");
        for (Xml.Element it :
                attachments == null ? List.<Xml.Element>of() : attachments.children()) {
            String href = it.attribute("href");
            text.body()
                    .appendElement("p")
                    .appendElement("a")
                    .attr("href", href)
                    .text(Names.last(href));
        }
        return text;
    }

    private Material webLink(Resource resource, Entry entry) throws Xml.Unreadable {
        Xml.Element link = Xml.read(there(resource.main()));
        Xml.Element url = link.first("url");
        String address = url == null ? "" : url.attribute("href");
        String title = link.text("title").isEmpty() ? entry.title() : link.text("title");
        return link(resource.main(), url == null ? 1 : url.line(), title, address);
    }

    private static Material link(String file, int line, String title, String address) {
        Element body = new Element("body");
        body.appendElement("p")
                .appendElement("a")
                .attr("href", address)
                .text(title.isEmpty() ? address : title);
        return new Material(title, body, file, line);
    }

    private Material file(String path, String title) throws Xml.Unreadable {
        there(path);
        if (Kind.html(path)) {
            return page(path);
        }
        String address = "/" + Address.encoded(path);
        String name = title.isEmpty() ? Names.last(path) : title;
        if (PICTURES.stream().noneMatch(path.toLowerCase(Locale.ROOT)::endsWith)) {
            return link(path, 1, name, address);
        }
        Element body = new Element("body");
        body.appendElement("p").appendElement("img").attr("src", address).attr("alt", name);
        return new Material(name, body, path, 1);
    }

    private @Nullable Material tool(Resource resource) throws Xml.Unreadable {
        Xml.Element tool = Xml.read(there(resource.main()));
        String address = tool.text("secure_launch_url");
        String at = address.isEmpty() ? tool.text("launch_url") : address;
        warning(
                resource.main(),
                at.isEmpty()
                        ? say("imports.tool", title(tool))
                        : say("imports.toolAt", title(tool), Names.clean(at, 200)));
        return null;
    }

    /** Its instructions, where it has any; its questions are named in any case. */
    private @Nullable Material quiz(Resource resource) throws Xml.Unreadable {
        for (String id : resource.dependencies()) {
            Resource meta = manifest.resource(id);
            String path = meta == null ? null : meta.fileEnding("/assessment_meta.xml");
            Path file = path == null ? null : tree.file(path);
            if (path == null || file == null) {
                continue;
            }
            Xml.Element quiz = Xml.read(file);
            Xml.Element words = quiz.first("description");
            if (words != null) {
                Material text = text(quiz.text("title"), html(words), path, words.line());
                return text.body().hasText() ? text : null;
            }
        }
        return null;
    }

    private static String title(Xml.Element of) {
        return "'" + Names.title(of.text("title")) + "'";
    }

    private void info(String file, String message) {
        report.add(Finding.info(file, null, message));
    }

    private void warning(String file, String message) {
        report.add(Finding.warning(file, null, message));
    }

    private void error(String file, @Nullable Integer line, String message) {
        report.add(Finding.error(file, line, message));
    }
}
