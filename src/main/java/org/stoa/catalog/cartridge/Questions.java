package org.stoa.catalog.cartridge;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.cartridge.Manifest.Resource;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Names;
import org.stoa.catalog.source.SourceQuestions;
import org.stoa.catalog.source.SourceQuestions.Question;
import org.stoa.catalog.source.Tree;

/**
 * The quizzes and question banks of a cartridge (IMS QTI 1.2, and what Canvas adds to it): kept as
 * they are, and named in the report.
 */
final class Questions {
    private static final long LARGEST = 4L << 20;
    private static final long LARGEST_WHOLE = 32L << 20;
    private static final int MOST_NAMED = 100;
    private static final int LONGEST_BEGINNING = 80;
    private static final Pattern SAYS_NOTHING = Pattern.compile("(?i)(question)?[\\s\\d.#:]*");
    private static final Pattern ENDING = Pattern.compile("_question$|\\.v\\d+p\\d+$");

    /** Kinds by what Canvas and the profiles of Common Cartridge call them. */
    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("multiple_choice", "choice"),
                    Map.entry("multiple_answers", "choices"),
                    Map.entry("multiple_response", "choices"),
                    Map.entry("true_false", "truth"),
                    Map.entry("short_answer", "blank"),
                    Map.entry("fib", "blank"),
                    Map.entry("fill_in_multiple_blanks", "blanks"),
                    Map.entry("multiple_dropdowns", "dropdowns"),
                    Map.entry("pattern_match", "pattern"),
                    Map.entry("matching", "matching"),
                    Map.entry("numerical", "number"),
                    Map.entry("calculated", "formula"),
                    Map.entry("essay", "essay"),
                    Map.entry("file_upload", "upload"),
                    Map.entry("text_only", "text"));

    private final Tree tree;
    private final Manifest manifest;
    private final List<Finding> report;
    private final List<SourceQuestions> kept = new ArrayList<>();
    private long size;

    Questions(Tree tree, Manifest manifest, List<Finding> report) {
        this.tree = tree;
        this.manifest = manifest;
        this.report = report;
    }

    /** Each file once: quizzes by their fuller file where there are two. */
    List<SourceQuestions> read() {
        Set<String> seen = new HashSet<>();
        for (Resource resource : manifest.resources()) {
            Kind kind = Kind.of(resource);
            if (kind == Kind.QUIZ || kind == Kind.BANK) {
                String path = path(resource);
                if (!path.isEmpty() && seen.add(path)) {
                    read(path, kind == Kind.QUIZ ? "quiz" : "bank", settings(resource));
                }
            }
        }
        return List.copyOf(kept);
    }

    private String path(Resource resource) {
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

    private @Nullable Path settings(Resource resource) {
        for (String id : resource.dependencies()) {
            Resource meta = manifest.resource(id);
            String path = meta == null ? null : meta.fileEnding("/assessment_meta.xml");
            if (path != null && tree.file(path) != null) {
                return tree.file(path);
            }
        }
        return null;
    }

    private void read(String path, String kind, @Nullable Path settings) {
        Path file = tree.file(path);
        if (file == null) {
            return;
        }
        try {
            Xml.Element xml = Xml.read(file);
            List<Question> questions = new ArrayList<>();
            collect(xml, questions);
            String own = Names.title(title(xml));
            String title = own.isEmpty() ? Names.spoken(path) : own;
            long bytes = Files.size(file) + (settings == null ? 0 : Files.size(settings));
            if (bytes > LARGEST || size + bytes > LARGEST_WHOLE || path.length() > 400) {
                warning(path, say("imports.questions.large." + kind, title, questions.size()));
                return;
            }
            size += bytes;
            kept.add(
                    new SourceQuestions(
                            path,
                            kind,
                            title,
                            List.copyOf(questions),
                            base64(file),
                            settings == null ? "" : base64(settings)));
            warning(path, told(kind, title, questions));
        } catch (Xml.Unreadable wrong) {
            report.add(
                    Finding.error(
                            path, wrong.line(), say("imports.questionsUnreadable", wrong.why())));
        } catch (IOException failed) {
            var why = say("imports.why.unreadable");
            report.add(Finding.error(path, null, say("imports.questionsUnreadable", why)));
        }
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    private static String title(Xml.Element xml) {
        Xml.Element assessment = xml.first("assessment");
        Xml.Element bank = xml.first("objectbank");
        return assessment != null
                ? assessment.attribute("title")
                : bank == null ? "" : bank.text("qtimetadata", "qtimetadatafield", "fieldentry");
    }

    private static String told(String kind, String title, List<Question> questions) {
        if (questions.isEmpty()) {
            return say("imports.questions.none." + kind, title);
        }
        List<String> names = new ArrayList<>();
        for (Question it : questions.subList(0, Math.min(questions.size(), MOST_NAMED))) {
            names.add(
                    it.kind().isEmpty()
                            ? say("imports.question", it.title())
                            : say("imports.question.of", it.title(), said(it.kind())));
        }
        if (questions.size() > MOST_NAMED) {
            names.add(say("imports.question.more", questions.size() - MOST_NAMED));
        }
        return say("imports.questions." + kind, title, questions.size(), String.join("; ", names));
    }

    private static String said(String kind) {
        return KINDS.containsValue(kind) ? say("imports.question." + kind) : kind;
    }

    private static void collect(Xml.Element at, List<Question> questions) {
        for (Xml.Element child : at.children()) {
            if (child.name().equals("item")) {
                questions.add(question(child));
            } else {
                collect(child, questions);
            }
        }
    }

    private static Question question(Xml.Element item) {
        String title = Names.title(item.attribute("title"));
        Xml.Element shown = item.first("presentation");
        Xml.Element words = shown == null ? null : below(shown, "mattext");
        if (SAYS_NOTHING.matcher(title).matches() && words != null) {
            String text = Jsoup.parse(words.wholeText()).text();
            String beginning = Names.clean(text, LONGEST_BEGINNING);
            title = beginning.isEmpty() ? title : beginning;
        }
        return new Question(title, kind(item));
    }

    private static String kind(Xml.Element item) {
        Xml.Element metadata = item.first("itemmetadata", "qtimetadata");
        if (metadata == null) {
            return "";
        }
        for (Xml.Element field : metadata.all("qtimetadatafield")) {
            String label = field.text("fieldlabel");
            if (label.equals("question_type") || label.equals("cc_profile")) {
                String entry = field.text("fieldentry").toLowerCase(Locale.ROOT);
                String plain = ENDING.matcher(entry).replaceFirst("").replaceFirst("^cc\\.", "");
                return KINDS.getOrDefault(plain, Names.clean(plain.replace('_', ' '), 40));
            }
        }
        return "";
    }

    /** The first of this name anywhere below. */
    private static Xml.@Nullable Element below(Xml.Element at, String name) {
        for (Xml.Element child : at.children()) {
            Xml.Element found = child.name().equals(name) ? child : below(child, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void warning(String file, String message) {
        report.add(Finding.warning(file, null, message));
    }
}
