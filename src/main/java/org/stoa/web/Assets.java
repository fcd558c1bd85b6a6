package org.stoa.web;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The addresses of the bundled script and stylesheet, which contain a hash of their content. */
@Component
public class Assets {
    private final Map<String, String> addresses = new HashMap<>();
    private final Set<String> all = new HashSet<>();
    private final List<String> fonts;

    Assets(JsonMapper json) throws IOException {
        // Written by the bundler at build time: outputs, each with the entry point it came from.
        try (var metafile = new ClassPathResource("assets.json").getInputStream()) {
            json.readTree(metafile)
                    .path("outputs")
                    .forEachEntry((output, facts) -> {
                        var file = output.substring(output.lastIndexOf('/') + 1);
                        all.add("/assets/" + file);
                        var entry = facts.path("entryPoint").asString("");
                        if (!entry.isEmpty()) {
                            addresses.put(entry, "/assets/" + file);
                        } else if (facts.path("inputs").size() == 1) {
                            // A font or picture, carried along under its hash.
                            facts.path("inputs")
                                    .forEachEntry((input, part) ->
                                            addresses.put(input, "/assets/" + file));
                        }
                    });
        }
        fonts = List.of(address("src/main/fonts/vollkorn-400-500.woff2"));
    }

    /** Whether a path is that of a file of the bundle. */
    public boolean has(String path) {
        return all.contains(path);
    }

    public String stylesheet() {
        return address("src/main/css/stoa.css");
    }

    /** What the player, the studio and the account need besides. */
    public String inside() {
        return address("src/main/css/inside.css");
    }

    /** What only the studio needs, after that. */
    public String desk() {
        return address("src/main/css/desk.css");
    }

    public String script() {
        return address("src/main/js/stoa.js");
    }

    /** Runs before the page is drawn, unlike the script. */
    public String theme() {
        return address("src/main/js/theme.js");
    }

    /** Hears a person's news for all their open pages, as a shared worker. */
    public String news() {
        return address("src/main/js/news.js");
    }

    /** The faces that every page needs at once. */
    public List<String> fonts() {
        return fonts;
    }

    private String address(String entryPoint) {
        var address = addresses.get(entryPoint);
        if (address == null) {
            throw new IllegalStateException("The bundle has no " + entryPoint);
        }
        return address;
    }
}
