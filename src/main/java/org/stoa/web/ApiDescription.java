package org.stoa.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The API's description: what every operation has in common is said here, once. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    private static final String BEARER = "bearer";
    private static final String COOKIE = "cookie";
    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Stoa")
                                .version("1")
                                .description(
                                        "Schools, courses and learning. Each school answers at its"
                                                + " own host; errors are problem documents (RFC 9457)"
                                                + " with a field-by-field list; lists are paged by"
                                                + " cursor. A write under an Idempotency-Key has one"
                                                + " effect, and the same call again within a day gets"
                                                + " the same answer.")
                                .contact(new Contact().name("Stoa").url("https://stoa.example"))
                                .license(new License().name("Apache 2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This host")))
                .tags(tags())
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        BEARER,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer"))
                                .addSecuritySchemes(
                                        COOKIE,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.APIKEY)
                                                .in(SecurityScheme.In.COOKIE)
                                                .name("stoa"))
                                .addSchemas(PROBLEM, problem())
                                .responses(ApiRefusals.responses()));
    }

    /** Every operation may refuse, and says whether one must be signed in. */
    @Bean
    OperationCustomizer commonAnswers(ApiExamples examples) {
        return (operation, handler) -> {
            describe(operation, handler);
            examples.show(operation);
            return operation;
        };
    }

    private static void describe(Operation operation, HandlerMethod handler) {
        var allowed = handler.getMethodAnnotation(Allowed.class);
        boolean open = allowed == null || allowed.value() == Who.ANYONE;
        operation.setSecurity(
                open
                        ? List.of()
                        : List.of(
                                new SecurityRequirement().addList(BEARER),
                                new SecurityRequirement().addList(COOKIE)));
        ApiRefusals.describe(operation, handler, allowed);
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("What went wrong (RFC 9457)")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(
                                        new ObjectSchema()
                                                .addProperty("field", new StringSchema())
                                                .addProperty("message", new StringSchema())))
                .required(List.of("title", "status", "detail", "errors"));
    }

    private static List<Tag> tags() {
        return List.of(
                tag("Schools", "Starting a school and what belongs to it"),
                tag("People", "Who somebody is, and signing in"),
                tag("Members", "The school's people, for its administrators"),
                tag("Courses", "The catalog, and bringing courses in"),
                tag("Learning", "Places in courses and progress"),
                tag("Discussions", "What is asked and answered under lessons"),
                tag("Messages", "Between learners and their teachers"),
                tag("Platform", "The whole installation, for its administrators"));
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }
}
