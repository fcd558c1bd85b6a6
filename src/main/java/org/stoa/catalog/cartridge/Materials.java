package org.stoa.catalog.cartridge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
            info(resource.main(), "It was meant for teachers only.");
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
                            "A resource of the type "
                                    + Names.clean(resource.type(), 80)
                                    + " was not carried over.");
                    yield null;
                }
            };
        } catch (Xml.Unreadable wrong) {
            String what = entry.title().isEmpty() ? "It" : "'" + entry.title() + "'";
            error(resource.main(), wrong.line(), what + " was left out: " + wrong.why() + ".");
            return null;
        }
    }

    private Path there(String path) throws Xml.Unreadable {
        Path file = tree.file(path);
        if (file == null) {
            throw new Xml.Unreadable(null, "its file is not in the cartridge");
        }
        return file;
    }

    private Material page(String path) throws Xml.Unreadable {
        Path file = there(path);
        try (InputStream bytes = Files.newInputStream(file)) {
            if (Files.size(file) > LARGEST_PAGE) {
                throw new Xml.Unreadable(null, "a page may have 2 MB");
            }
            Document page = Jsoup.parse(bytes, null, "", parser());
            for (Element meta : page.select("meta[name=workflow_state]")) {
                if (!meta.attr("content").equals("active")) {
                    info(path, "The page was unpublished.");
                }
            }
            return new Material(page.title(), page.body(), path, 1);
        } catch (IOException failed) {
            throw new Xml.Unreadable(null, "it cannot be read");
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
            throw new Xml.Unreadable(null, "its text is not in the cartridge");
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
                warning(path, "The announcement " + title(topic) + " was not carried over.");
                return null;
            }
            if (settings.text("workflow_state").equals("unpublished")) {
                info(path, "The discussion " + title(topic) + " was unpublished.");
            }
        }
        info(path, "Of the discussion " + title(topic) + ", its opening text is the lesson.");
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
                "The external tool "
                        + title(tool)
                        + (at.isEmpty() ? "" : " at " + Names.clean(at, 200))
                        + " was not carried over.");
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

    /** One line a file of questions: quizzes by their fuller file where there are two. */
    void reportQuestions() {
        Set<String> told = new HashSet<>();
        for (Resource resource : manifest.resources()) {
            Kind kind = Kind.of(resource);
            if (kind == Kind.QUIZ || kind == Kind.BANK) {
                String path = questions(resource);
                if (!path.isEmpty() && told.add(path)) {
                    reportQuestions(path, kind == Kind.QUIZ ? "quiz " : "question bank ");
                }
            }
        }
    }

    private String questions(Resource resource) {
        for (String id : resource.dependencies()) {
            Resource meta = manifest.resource(id);
            String fuller = meta == null ? null : meta.fileEnding(".xml.qti");
            if (fuller != null && tree.file(fuller) != null) {
                return fuller;
            }
        }
        String bank = resource.fileEnding(".xml.qti");
        return bank == null ? resource.main() : bank;
    }

    private void reportQuestions(String path, String what) {
        Path file = tree.file(path);
        try {
            if (file == null) {
                return;
            }
            Xml.Element xml = Xml.read(file);
            Xml.Element assessment = xml.first("assessment");
            Xml.Element bank = xml.first("objectbank");
            String title =
                    assessment == null
                            ? bank == null
                                    ? ""
                                    : bank.text("qtimetadata", "qtimetadatafield", "fieldentry")
                            : assessment.attribute("title");
            int count = xml.count("item");
            warning(
                    path,
                    "The "
                            + what
                            + "'"
                            + Names.title(title)
                            + "' has "
                            + (count == 1
                                    ? "1 question, which was"
                                    : count + " questions, which were")
                            + " not carried over.");
        } catch (Xml.Unreadable wrong) {
            error(path, wrong.line(), "Its questions cannot be read: " + wrong.why() + ".");
        }
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
