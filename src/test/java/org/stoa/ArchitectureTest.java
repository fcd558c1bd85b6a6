package org.stoa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The drawing in the document is that of the code. */
class ArchitectureTest {
    private static final Path DOCUMENT = Path.of("docs/architecture.md");

    @Test
    void theDocumentShowsTheModulesAsTheyAre() throws IOException {
        var drawing = drawing(ApplicationModules.of(Stoa.class));
        assertThat(Files.readString(DOCUMENT))
                .as("%s shall contain this drawing of the modules", DOCUMENT)
                .contains(drawing);
    }

    private static String drawing(ApplicationModules modules) {
        var arrows = new TreeSet<String>();
        for (var module : modules) {
            module.getDirectDependencies(modules)
                    .uniqueModules()
                    .forEach(other ->
                            arrows.add(
                                    "    "
                                            + module.getIdentifier()
                                            + " --> "
                                            + other.getIdentifier()));
        }
        return arrows.stream()
                .collect(Collectors.joining("\n", "```mermaid\nflowchart TD\n", "\n```\n"));
    }
}
