package org.stoa.stripe;

import java.util.ArrayList;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that was let in.
 *
 * @param path what stands in the address where the route has {@code *}
 * @param params as checked by {@link Parameters}
 */
record Call(StripeAccount account, String url, String path, ObjectNode params, Set<String> does) {
    private static final int MOST = 100;

    String text(String key) {
        return Json.text(params, key);
    }

    boolean has(String key) {
        return Json.given(params, key);
    }

    /** Writes into the object what was given and needs no doing. */
    void echo(ObjectNode object) {
        params.properties()
                .forEach(e -> {
                    if (object.has(e.getKey())
                            && !does.contains(e.getKey())
                            && !e.getKey().equals("metadata")) {
                        object.set(e.getKey(), e.getValue().deepCopy());
                    }
                });
        metadata(object, params.path("metadata"), params.has("metadata"));
    }

    private static void metadata(ObjectNode object, JsonNode given, boolean isGiven) {
        if (!isGiven) {
            return;
        }
        if (!given.isObject()) {
            object.putObject("metadata");
            return;
        }
        var metadata = (ObjectNode) object.path("metadata");
        given.properties()
                .forEach(e -> {
                    if (e.getValue().asString().isEmpty()) {
                        metadata.remove(e.getKey());
                    } else {
                        metadata.set(e.getKey(), e.getValue());
                    }
                });
    }

    void need(String... keys) {
        for (var key : keys) {
            if (!params.has(key)) {
                throw StripeRefusal.missing(key);
            }
        }
    }

    /** The object the address names. */
    ObjectNode subject(String object) {
        var found = account.find(object, path);
        if (found == null) {
            throw StripeRefusal.notThere(Kinds.said(object), path);
        }
        return found;
    }

    /** A page of those that fit, newest first. Source: docs.stripe.com/api/pagination. */
    ObjectNode page(String object, Predicate<ObjectNode> fits) {
        int limit = limit();
        var shelf = account.shelf(object);
        boolean backward = has("ending_before");
        if (backward && has("starting_after")) {
            throw StripeRefusal.either("ending_before", "starting_after");
        }
        int place = cursor(shelf, object, backward ? "ending_before" : "starting_after");
        int step = backward ? 1 : -1;
        int at = place >= 0 ? place + step : shelf.size() - 1;
        var found = new ArrayList<ObjectNode>();
        for (; at >= 0 && at < shelf.size() && found.size() <= limit; at += step) {
            var one = shelf.at(at);
            if (one != null && created(one) && fits.test(one)) {
                found.add(one);
            }
        }
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return Json.list(url, backward ? page.reversed() : page, more);
    }

    /** The same of a list that is part of an object, in its own order. */
    ObjectNode pageOf(Iterable<ObjectNode> all) {
        int limit = limit();
        var after = text("starting_after");
        var found = new ArrayList<ObjectNode>();
        boolean past = after.isEmpty();
        for (var one : all) {
            if (past) {
                found.add(one);
            }
            past = past || Json.id(one).equals(after);
        }
        boolean more = found.size() > limit;
        return Json.list(url, more ? found.subList(0, limit) : found, more);
    }

    private int limit() {
        long limit = has("limit") ? Json.number(params, "limit") : 10;
        if (limit < 1 || limit > MOST) {
            throw StripeRefusal.invalid("Limit must be between 1 and 100.").param("limit");
        }
        return (int) limit;
    }

    private int cursor(Shelf shelf, String object, String key) {
        if (!has(key)) {
            return -1;
        }
        int place = shelf.place(text(key));
        if (place < 0) {
            throw StripeRefusal.noSuch(Kinds.said(object), text(key), key);
        }
        return place;
    }

    private boolean created(ObjectNode one) {
        var range = params.path("created");
        long at = Json.number(one, "created");
        if (range.isNumber()) {
            return at == range.asLong();
        }
        return (!range.has("gt") || at > Json.number(range, "gt"))
                && (!range.has("gte") || at >= Json.number(range, "gte"))
                && (!range.has("lt") || at < Json.number(range, "lt"))
                && (!range.has("lte") || at <= Json.number(range, "lte"));
    }

    /** Fits those whose key says what this parameter says, where it is given. */
    Predicate<ObjectNode> same(String... keys) {
        return one -> {
            for (var key : keys) {
                if (has(key) && !params.get(key).equals(one.get(key))) {
                    return false;
                }
            }
            return true;
        };
    }
}
