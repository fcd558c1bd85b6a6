package org.stoa.stripe;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * An address that is answered.
 *
 * @param params the class of Stripe's library that lists what it takes
 * @param object the kind that is answered, whose keys may be given without being acted on
 * @param does what is acted on
 */
record Route(
        String method,
        Pattern path,
        Class<?> params,
        String object,
        Set<String> does,
        Function<Call, ObjectNode> answer) {
    private static final Set<String> PAGING =
            Set.of("limit", "starting_after", "ending_before", "created", "expand");

    static Route get(
            String path, Class<?> params, String object, Function<Call, ObjectNode> answer) {
        return of("GET", path, params, object, "", answer);
    }

    static Route of(
            String method,
            String path,
            Class<?> params,
            String object,
            String does,
            Function<Call, ObjectNode> answer) {
        var pattern = Pattern.compile("/v1" + path.replace("*", "([^/]+)"));
        return new Route(
                method, pattern, params, object, Set.of(does.trim().split("\\s+")), answer);
    }

    /** What Stripe knows and the double does not do must not seem done. */
    void refuseUndone(ObjectNode params) {
        for (var key : params.propertyNames()) {
            if (!does.contains(key) && !PAGING.contains(key) && !Json.hasKey(object, key)) {
                throw StripeRefusal.invalid("The double of Stripe does not do this yet: " + key)
                        .param(key)
                        .unprocessed();
            }
        }
    }
}
