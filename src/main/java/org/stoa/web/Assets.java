package org.stoa.web;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The addresses of the bundled script and stylesheet, which contain a hash of their content. */
@Component
public class Assets {
    private final Map<String, String> addresses = new HashMap<>();

    Assets(JsonMapper json) throws IOException {
        // Written by the bundler at build time: outputs, each with the entry point it came from.
        try (var metafile = new ClassPathResource("assets.json").getInputStream()) {
            json.readTree(metafile)
                    .path("outputs")
                    .forEachEntry((output, facts) -> {
                        var entry = facts.path("entryPoint").asString("");
                        var file = output.substring(output.lastIndexOf('/') + 1);
                        addresses.put(entry, "/assets/" + file);
                    });
        }
    }

    public String stylesheet() {
        return address("src/main/css/stoa.css");
    }

    public String script() {
        return address("src/main/js/stoa.js");
    }

    private String address(String entryPoint) {
        var address = addresses.get(entryPoint);
        if (address == null) {
            throw new IllegalStateException("The bundle has no " + entryPoint);
        }
        return address;
    }
}
