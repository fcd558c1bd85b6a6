package org.stoa.web;

import static org.stoa.shared.Words.say;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.stoa.shared.Problem.FieldError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.TreeTraversingParser;

/**
 * Reads the bodies of calls so that every wrong field is named and none may stand twice. Only they
 * are read so; what the database keeps as JSON is our own.
 */
@Component
class JsonBodies implements WebMvcConfigurer {
    private static final int MOST_ERRORS = 100;

    private final JsonMapper json;

    JsonBodies(JsonMapper json) {
        var module = new SimpleModule("whole bodies").setDeserializerModifier(new OfBodies());
        this.json = json.rebuild().addModule(module).build();
    }

    private static boolean xml(MediaType type) {
        return type.getSubtype().equals("xml");
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.withJsonConverter(new JacksonJsonHttpMessageConverter(json));
        // A library that reads XML for itself must not teach the API to.
        builder.configureMessageConvertersList(all ->
                all.removeIf(
                        one -> one.getSupportedMediaTypes().stream().anyMatch(JsonBodies::xml)));
    }

    private static final class OfBodies extends ValueDeserializerModifier {
        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config,
                BeanDescription.Supplier about,
                ValueDeserializer<?> deserializer) {
            return new Body(deserializer);
        }
    }

    private static final class Body extends DelegatingDeserializer {
        Body(ValueDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
            return new Body(delegate);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
            if (!outermost(parser)) {
                return super.deserialize(parser, context);
            }
            var errors = new LinkedHashMap<String, FieldError>();
            var tree = new Tree(context, errors).read(parser, "");
            var body = read(tree, context, errors);
            if (!errors.isEmpty()) {
                throw new WrongFields(parser, List.copyOf(errors.values()));
            }
            return body;
        }

        private static boolean outermost(JsonParser parser) {
            var parent = parser.streamReadContext().getParent();
            return !(parser instanceof TreeTraversingParser)
                    && parser.currentToken() == JsonToken.START_OBJECT
                    && parent != null
                    && parent.inRoot();
        }

        /** What is wrong is taken away and the rest read again, until nothing is wrong. */
        private @Nullable Object read(
                JsonNode tree, DeserializationContext context, Map<String, FieldError> errors) {
            while (true) {
                try (var again = tree.traverse(context)) {
                    again.nextToken();
                    return super.deserialize(again, context);
                } catch (JacksonException wrong) {
                    var path = wrong.getPath();
                    if (!Problems.wellFormed(wrong) || (path.isEmpty() && errors.isEmpty())) {
                        throw wrong;
                    }
                    if (!path.isEmpty()) {
                        var name = Problems.path(wrong);
                        errors.putIfAbsent(name, new FieldError(name, Problems.message(wrong)));
                    }
                    if (errors.size() >= MOST_ERRORS || !remove(tree, path)) {
                        return null;
                    }
                }
            }
        }

        private static boolean remove(JsonNode tree, List<JacksonException.Reference> path) {
            @Nullable JsonNode at = tree;
            for (int i = 0; i < path.size(); i++) {
                var step = path.get(i);
                boolean last = i == path.size() - 1;
                switch (at) {
                    case ObjectNode object when step.getPropertyName() != null -> {
                        if (last) {
                            return object.remove(step.getPropertyName()) != null;
                        }
                        at = object.get(step.getPropertyName());
                    }
                    case ArrayNode array when array.has(step.getIndex()) -> {
                        if (last) {
                            return !array.set(step.getIndex(), array.nullNode()).isEmpty();
                        }
                        at = array.get(step.getIndex());
                    }
                    case null, default -> {
                        return false;
                    }
                }
            }
            return false;
        }
    }

    /** A body as a tree, with the fields that stand in it twice. */
    private record Tree(DeserializationContext context, Map<String, FieldError> errors) {
        JsonNode read(JsonParser parser, String path) {
            return switch (parser.currentToken()) {
                case START_OBJECT -> object(parser, path);
                case START_ARRAY -> array(parser, path);
                default -> context.readTree(parser);
            };
        }

        private JsonNode object(JsonParser parser, String path) {
            var object = context.getNodeFactory().objectNode();
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                var at = path.isEmpty() ? name : path + "." + name;
                parser.nextToken();
                var value = read(parser, at);
                if (object.has(name)) {
                    errors.put(at, new FieldError(at, say("problem.fieldTwice")));
                } else {
                    object.set(name, value);
                }
            }
            return object;
        }

        private JsonNode array(JsonParser parser, String path) {
            var array = context.getNodeFactory().arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(read(parser, path + "[" + array.size() + "]"));
            }
            return array;
        }
    }
}
