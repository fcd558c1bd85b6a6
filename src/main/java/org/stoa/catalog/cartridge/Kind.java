package org.stoa.catalog.cartridge;

import java.util.Locale;
import org.stoa.catalog.cartridge.Manifest.Resource;

/** What a cartridge's resource is, by its type and files. */
enum Kind {
    PAGE,
    FILE,
    ASSIGNMENT,
    TOPIC,
    LINK,
    TOOL,
    QUIZ,
    BANK,
    /** What belongs to another resource, or to the program that wrote the cartridge. */
    SUPPORT,
    UNKNOWN;

    static Kind of(Resource resource) {
        String type = resource.type();
        if (type.startsWith("imsqti")) {
            return type.contains("question-bank") ? BANK : QUIZ;
        }
        if (type.startsWith("assignment_xml")
                || resource.fileEnding("/assignment_settings.xml") != null) {
            return ASSIGNMENT;
        }
        if (type.startsWith("imsdt")) {
            return TOPIC;
        }
        if (type.startsWith("imswl")) {
            return LINK;
        }
        if (type.contains("lti")) {
            return TOOL;
        }
        if (type.startsWith("webcontent")) {
            return webContent(resource);
        }
        return type.contains("learning-application-resource") || type.isEmpty()
                ? support(resource)
                : UNKNOWN;
    }

    private static Kind webContent(Resource resource) {
        if (resource.fallback()) {
            return SUPPORT;
        }
        // Canvas keeps its pages in wiki_content; HTML among its files is a file.
        return html(resource.main()) && !resource.main().startsWith("web_resources/") ? PAGE : FILE;
    }

    private static Kind support(Resource resource) {
        if (resource.fileEnding("/assessment_meta.xml") == null
                && resource.fileEnding(".xml.qti") != null) {
            return BANK;
        }
        return resource.href().endsWith("/syllabus.html") ? PAGE : SUPPORT;
    }

    static boolean html(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".html") || lower.endsWith(".htm") || lower.endsWith(".xhtml");
    }

    /** Whether it becomes a lesson where no module names it. */
    boolean standsAlone() {
        return switch (this) {
            case PAGE, ASSIGNMENT, TOPIC, LINK, QUIZ -> true;
            default -> false;
        };
    }
}
