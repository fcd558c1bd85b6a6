package org.stoa.stripe;

import com.google.gson.annotations.SerializedName;
import com.stripe.net.ApiRequestParams;
import com.stripe.param.common.EmptyParam;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What was sent, held against what Stripe takes: the names, types and choices of the parameter
 * classes in Stripe's own library, which are made from its description of the API.
 */
final class Parameters {
    private static final Map<Class<?>, Map<String, List<Type>>> KNOWN = new ConcurrentHashMap<>();

    private Parameters() {}

    /** The same with numbers, choices and lists as such; what shall be unset is null. */
    static ObjectNode checked(Class<?> params, Map<String, Object> sent) {
        return checked(params, sent, "");
    }

    private static ObjectNode checked(Class<?> params, Map<?, ?> sent, String within) {
        var known = KNOWN.computeIfAbsent(params, Parameters::known);
        var checked = Json.object();
        sent.forEach((key, value) -> {
            var name = key.toString();
            var path = within.isEmpty() ? name : within + "[" + name + "]";
            var types = known.get(name);
            if (types == null) {
                throw StripeRefusal.invalid("Received unknown parameter: " + path)
                        .param(path)
                        .code("parameter_unknown")
                        .unprocessed();
            }
            checked.set(name, value(types, value, path));
        });
        return checked;
    }

    private static Map<String, List<Type>> known(Class<?> params) {
        var all = new LinkedHashMap<String, List<Type>>();
        for (var field : params.getDeclaredFields()) {
            var name = field.getAnnotation(SerializedName.class);
            if (name == null || name.value().startsWith("_stripe")) {
                continue;
            }
            var type = field.getGenericType();
            all.put(
                    name.value(),
                    type.equals(Object.class) ? choices(params, field.getName()) : List.of(type));
        }
        return all;
    }

    /** A field that takes several types says which in its builder's setters. */
    private static List<Type> choices(Class<?> params, String field) {
        var setter = "set" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
        return Arrays.stream(params.getDeclaredClasses())
                .filter(c -> c.getSimpleName().equals("Builder"))
                .flatMap(c -> Arrays.stream(c.getMethods()))
                .filter(m -> m.getName().equals(setter))
                .map(m -> m.getGenericParameterTypes()[0])
                .toList();
    }

    private static JsonNode value(List<Type> types, Object sent, String path) {
        if (sent instanceof Map<?, ?> map) {
            for (var type : types) {
                if (isHash(type, map)) {
                    return hash(type, map, path);
                }
            }
            throw refused("Invalid string: {…}", path, "");
        }
        var text = sent.toString();
        if (text.isEmpty() && (types.size() > 1 || isList(types.getFirst()))) {
            return NullNode.getInstance();
        }
        if (text.isEmpty()) {
            throw refused(
                    ("You passed an empty string for '%s'. We assume empty values are an attempt to"
                                    + " unset a parameter; however '%s' cannot be unset. You should"
                                    + " remove '%s' from your request or supply a non-empty value.")
                            .formatted(path, path, path),
                    path,
                    "parameter_invalid_empty");
        }
        var scalars =
                types.stream().filter(t -> t != EmptyParam.class && t instanceof Class).toList();
        for (int i = 0; i < scalars.size(); i++) {
            try {
                return scalar((Class<?>) scalars.get(i), text, path);
            } catch (StripeRefusal e) {
                if (i == scalars.size() - 1) {
                    throw e;
                }
            }
        }
        throw refused(isList(types.getFirst()) ? "Invalid array" : "Invalid object", path, "");
    }

    private static boolean isList(Type type) {
        return type instanceof ParameterizedType p && p.getRawType() == List.class;
    }

    private static boolean isHash(Type type, Map<?, ?> sent) {
        if (isList(type)) {
            return sent.keySet().stream().allMatch(k -> k.toString().matches("\\d+"));
        }
        return type instanceof ParameterizedType
                || (type instanceof Class<?> c
                        && !ApiRequestParams.EnumParam.class.isAssignableFrom(c)
                        && c.getName().startsWith("com.stripe.param"));
    }

    private static JsonNode hash(Type type, Map<?, ?> sent, String path) {
        if (type instanceof Class<?> params) {
            return checked(params, sent, path);
        }
        var arguments = ((ParameterizedType) type).getActualTypeArguments();
        if (isList(type)) {
            var list = Json.array();
            sent.forEach((key, value) ->
                    list.add(value(List.of(arguments[0]), value, path + "[" + key + "]")));
            return list;
        }
        var map = Json.object();
        sent.forEach((key, value) -> map.put(key.toString(), entry(path, key, value)));
        if (path.endsWith("metadata") && map.size() > 50) {
            throw refused("Metadata can have up to 50 keys, you passed " + map.size(), path, "");
        }
        return map;
    }

    private static String entry(String path, Object key, Object value) {
        var at = path + "[" + key + "]";
        if (!(value instanceof String text)) {
            throw refused("Invalid string: {…}", at, "");
        }
        if (key.toString().length() > 40) {
            throw refused("Metadata keys can have up to 40 characters: " + key, at, "");
        }
        if (text.length() > 500) {
            throw refused(
                    "Metadata values can have up to 500 characters, but you passed in a value that"
                            + " is "
                            + text.length()
                            + " characters long.",
                    at,
                    "");
        }
        return text;
    }

    private static JsonNode scalar(Class<?> type, String text, String path) {
        if (type == Long.class) {
            if (!text.matches("-?\\d{1,18}")) {
                throw refused("Invalid integer: " + text, path, "parameter_invalid_integer");
            }
            return LongNode.valueOf(Long.parseLong(text));
        }
        if (type == BigDecimal.class) {
            if (!text.matches("-?\\d{1,18}(\\.\\d{1,12})?")) {
                throw refused("Invalid decimal: " + text, path, "parameter_invalid_decimal");
            }
            return DecimalNode.valueOf(new BigDecimal(text));
        }
        if (type == Boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                throw refused("Invalid boolean: " + text, path, "");
            }
            return BooleanNode.valueOf(text.equals("true"));
        }
        if (type.isEnum()) {
            return choice(type, text, path);
        }
        if (type != String.class) {
            throw refused("Invalid object", path, "");
        }
        return StringNode.valueOf(text);
    }

    private static JsonNode choice(Class<?> type, String text, String path) {
        var all =
                Arrays.stream(type.getEnumConstants())
                        .map(e -> ((ApiRequestParams.EnumParam) e).getValue())
                        .toList();
        if (!all.contains(text)) {
            var name = path.replaceAll("^.*\\[([a-z_]+)\\]$", "$1");
            throw refused(
                    "Invalid " + name + ": must be one of " + String.join(", ", all), path, "");
        }
        return StringNode.valueOf(text);
    }

    private static StripeRefusal refused(String message, String path, String code) {
        return StripeRefusal.invalid(message).param(path).code(code).unprocessed();
    }
}
