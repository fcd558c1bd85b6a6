package org.stoa.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A request and an answer of every operation, from {@code api/examples.json}. */
@Component
class ApiExamples {
    private static final String REQUEST = "request";

    /** By the operation's id, then {@code request} or the answer's status. */
    private final Map<String, Map<String, Object>> examples;

    ApiExamples(JsonMapper json) {
        try (var file = new ClassPathResource("api/examples.json").getInputStream()) {
            examples = json.readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void show(Operation operation) {
        examples.getOrDefault(operation.getOperationId(), Map.of())
                .forEach((of, example) -> {
                    if (of.equals(REQUEST)) {
                        show(operation.getRequestBody().getContent(), example);
                    } else {
                        var answer = operation.getResponses().get(of);
                        show(Objects.requireNonNull(answer, of).getContent(), example);
                    }
                });
    }

    private static void show(@Nullable Content content, Object example) {
        if (content != null) {
            content.values().forEach(type -> type.setExample(example));
        }
    }
}
