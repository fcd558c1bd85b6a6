package org.stoa.catalog.cartridge;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An XML file as a tree of elements with their lines, by local names. A document type is refused,
 * so no entity multiplies itself or fetches anything.
 */
final class Xml {
    private static final long LARGEST = 16L << 20;
    private static final int MOST_ELEMENTS = 300_000;
    private static final int DEEPEST = 100;
    private static final XMLInputFactory FACTORY = factory();

    /** Why a file is not read, as a sentence that begins in the middle. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        private final @Nullable Integer line;

        Unreadable(@Nullable Integer line, String message) {
            super(message);
            this.line = line;
        }

        @Nullable Integer line() {
            return line;
        }

        String why() {
            String message = getMessage();
            return message == null ? say("imports.why.unreadable") : message;
        }
    }

    /** An element, its text with that of no other element. */
    static final class Element {
        private final String name;
        private final int line;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<Element> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Element(String name, int line) {
            this.name = name;
            this.line = line;
        }

        String name() {
            return name;
        }

        int line() {
            return line;
        }

        List<Element> children() {
            return children;
        }

        String attribute(String named) {
            return attributes.getOrDefault(named, "").strip();
        }

        /** As it stands, spaces and all. */
        String wholeText() {
            return text.toString();
        }

        List<Element> all(String named) {
            return children.stream().filter(it -> it.name.equals(named)).toList();
        }

        @Nullable Element first(String... path) {
            Element at = this;
            for (String step : path) {
                List<Element> found = at.all(step);
                if (found.isEmpty()) {
                    return null;
                }
                at = found.getFirst();
            }
            return at;
        }

        /** The text at the end of the path; empty where there is none. */
        String text(String... path) {
            Element found = first(path);
            return found == null ? "" : found.text.toString().strip();
        }

        /** How many elements of this name stand anywhere below. */
        int count(String named) {
            int count = 0;
            Deque<Element> waiting = new ArrayDeque<>(children);
            while (!waiting.isEmpty()) {
                Element next = waiting.pop();
                count += next.name.equals(named) ? 1 : 0;
                next.children.forEach(waiting::push);
            }
            return count;
        }
    }

    private Xml() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static Element read(Path file) throws Unreadable {
        try (InputStream bytes = Files.newInputStream(file)) {
            if (Files.size(file) > LARGEST) {
                throw new Unreadable(null, say("imports.why.size"));
            }
            XMLStreamReader reader = FACTORY.createXMLStreamReader(bytes);
            try {
                return tree(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException wrong) {
            int line = wrong.getLocation() == null ? -1 : wrong.getLocation().getLineNumber();
            throw new Unreadable(line < 1 ? null : line, say("imports.why.notXml"));
        } catch (IOException failed) {
            throw new Unreadable(null, say("imports.why.unreadable"));
        }
    }

    private static Element tree(XMLStreamReader reader) throws XMLStreamException, Unreadable {
        Deque<Element> open = new ArrayDeque<>();
        Element root = new Element("", 1);
        open.push(root);
        int elements = 0;
        while (reader.hasNext()) {
            int line = reader.getLocation().getLineNumber();
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new Unreadable(line, say("imports.why.entities"));
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MOST_ELEMENTS || open.size() > DEEPEST) {
                        throw new Unreadable(line, say("imports.why.elements"));
                    }
                    Element element = element(reader);
                    open.element().children.add(element);
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        open.element().text.append(reader.getText());
                default -> {}
            }
        }
        return root.children.getFirst();
    }

    private static Element element(XMLStreamReader reader) {
        Element element = new Element(reader.getLocalName(), reader.getLocation().getLineNumber());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return element;
    }
}
