package org.stoa.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What a call of the API may be refused with, each with an example. */
final class ApiRefusals {
    static final String PROBLEM = "#/components/schemas/Problem";

    private static final List<Refusal> ALL =
            List.of(
                    new Refusal(
                            HttpStatus.BAD_REQUEST,
                            "What was sent cannot be read",
                            "The body is not well-formed JSON.",
                            call -> call.body() || call.parameters()),
                    new Refusal(
                            HttpStatus.UNAUTHORIZED,
                            "Nobody is signed in, or the token means nothing at this host",
                            "Sign in first.",
                            call -> true),
                    new Refusal(
                            HttpStatus.FORBIDDEN,
                            "Not for this caller",
                            "Your role in this school does not allow this.",
                            Call::roles),
                    new Refusal(
                            HttpStatus.NOT_FOUND,
                            "Not there, or not in this school",
                            "There is no course at this address.",
                            call -> true),
                    new Refusal(
                            HttpStatus.CONFLICT,
                            "Not as things stand",
                            "Every place in this course is taken.",
                            Call::writes),
                    new Refusal(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "Too large",
                            "What was sent is larger than is taken here.",
                            Call::body),
                    new Refusal(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "A body of another type",
                            "The body's type is not one this call takes.",
                            Call::body),
                    new Refusal(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "Some fields need another value; each is named",
                            "Ask for at least 1.",
                            call -> call.body() || call.parameters()),
                    new Refusal(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "Too many calls; Retry-After says when to come back",
                            "Too many calls at once. Nothing was lost; go on in a moment.",
                            call -> true));

    private ApiRefusals() {}

    private record Refusal(HttpStatus status, String words, String detail, Predicate<Call> fits) {}

    /** What of an operation decides how it may be refused. */
    private record Call(boolean body, boolean parameters, boolean writes, boolean roles) {
        static Call of(Operation operation, HandlerMethod handler, @Nullable Allowed allowed) {
            boolean open =
                    allowed == null
                            || allowed.value() == Who.ANYONE
                            || allowed.value() == Who.SIGNED_IN;
            return new Call(
                    operation.getRequestBody() != null,
                    operation.getParameters() != null && !operation.getParameters().isEmpty(),
                    handler.getMethodAnnotation(GetMapping.class) == null,
                    !open);
        }
    }

    /** To stand among the components, by their names. */
    static Map<String, ApiResponse> responses() {
        var responses = new LinkedHashMap<String, ApiResponse>();
        for (var refusal : ALL) {
            responses.put(
                    name(refusal),
                    new ApiResponse()
                            .description(refusal.words())
                            .content(
                                    new Content()
                                            .addMediaType(
                                                    "application/problem+json",
                                                    new MediaType()
                                                            .schema(new Schema<>().$ref(PROBLEM))
                                                            .example(example(refusal)))));
        }
        return responses;
    }

    static void describe(Operation operation, HandlerMethod handler, @Nullable Allowed allowed) {
        var call = Call.of(operation, handler, allowed);
        for (var refusal : ALL) {
            if (refusal.fits().test(call)) {
                operation
                        .getResponses()
                        .addApiResponse(
                                Integer.toString(refusal.status().value()),
                                new ApiResponse().$ref("#/components/responses/" + name(refusal)));
            }
        }
    }

    private static Map<String, Object> example(Refusal refusal) {
        var errors = new ArrayList<Map<String, String>>();
        if (refusal.status() == HttpStatus.UNPROCESSABLE_CONTENT) {
            errors.add(Map.of("field", "limit", "message", refusal.detail()));
        }
        var example = new LinkedHashMap<String, Object>();
        example.put("title", refusal.status().getReasonPhrase());
        example.put("status", refusal.status().value());
        example.put("detail", refusal.detail());
        example.put("instance", "/api/v1/courses");
        example.put("errors", errors);
        return example;
    }

    private static String name(Refusal refusal) {
        return refusal.status().getReasonPhrase().replace(" ", "");
    }
}
