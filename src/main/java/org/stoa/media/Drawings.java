package org.stoa.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Looks whether a drawing (SVG) is one, and whether it only draws. */
final class Drawings {
    private static final long LARGEST = 20L << 20;
    private static final Set<String> ACTIVE =
            Set.of("script", "foreignobject", "iframe", "embed", "object", "handler", "listener");

    private Drawings() {}

    enum Kind {
        STILL,
        ACTIVE,
        BROKEN
    }

    static Kind look(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            return Kind.BROKEN;
        }
        var factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try (var in = Files.newInputStream(file)) {
            return look(factory.createXMLStreamReader(in));
        } catch (XMLStreamException | RuntimeException broken) {
            return Kind.BROKEN;
        }
    }

    private static Kind look(XMLStreamReader xml) throws XMLStreamException {
        boolean begun = false;
        boolean active = false;
        while (xml.hasNext()) {
            int event = xml.next();
            // What a declared entity would become is not looked at.
            active |= event == XMLStreamConstants.ENTITY_REFERENCE;
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            var name = xml.getLocalName().toLowerCase(Locale.ROOT);
            if (!begun && !name.equals("svg")) {
                return Kind.BROKEN;
            }
            begun = true;
            active |= ACTIVE.contains(name) || active(xml);
        }
        return active ? Kind.ACTIVE : begun ? Kind.STILL : Kind.BROKEN;
    }

    private static boolean active(XMLStreamReader xml) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            var name = xml.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
            var value =
                    xml.getAttributeValue(i)
                            .replaceAll("[\\s\\p{Cntrl}]", "")
                            .toLowerCase(Locale.ROOT);
            boolean handles = name.startsWith("on");
            boolean leads =
                    name.equals("href")
                            || name.equals("to")
                            || name.equals("values")
                            || name.equals("from");
            if (handles
                    || (leads && value.contains("javascript:"))
                    || (leads && value.startsWith("data:text"))) {
                return true;
            }
        }
        return false;
    }
}
