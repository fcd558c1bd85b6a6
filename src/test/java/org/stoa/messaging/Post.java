package org.stoa.messaging;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.stoa.tenancy.ServiceDatabase;

/** What stands in the tables of mail, for tests. */
public final class Post {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private final ServiceDatabase service;

    public Post(ServiceDatabase service) {
        this.service = service;
    }

    /** A mail's row. */
    public record Row(
            String id, String kind, String status, int attempts, String text, String html) {
        /** The path of its link. */
        public String path() {
            var found =
                    Pattern.compile("https?://[^/\\s]+(/[a-z]+/[A-Za-z0-9_-]{43})").matcher(text);
            return found.find() ? found.group(1) : "";
        }
    }

    public List<Row> of(String kind, String recipient) {
        return service.sql(
                        """
                        select id, kind, status, attempts, coalesce(body_text, '') as body_text,
                               coalesce(body_html, '') as body_html
                          from mails where kind = :kind and lower(recipient) = lower(:to)
                         order by created_at
                        """)
                .param("kind", kind)
                .param("to", recipient)
                .query((row, number) ->
                        new Row(
                                row.getString("id"),
                                row.getString("kind"),
                                row.getString("status"),
                                row.getInt("attempts"),
                                row.getString("body_text"),
                                row.getString("body_html")))
                .list();
    }

    /** Waits for so many mails of a kind to have this status. */
    public List<Row> awaited(String kind, String recipient, String status, int count) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () ->
                                of(kind, recipient).stream()
                                        .filter(row -> row.status().equals(status))
                                        .toList(),
                        rows -> rows.size() >= count);
    }

    /** Marks addresses as shown to be their owners': else only what they asked for goes there. */
    public void confirm(String... addresses) {
        service.sql(
                        """
                        update users set email_verified_at = coalesce(email_verified_at, now())
                         where lower(email) = any(:addresses)
                        """)
                .param(
                        "addresses",
                        Stream.of(addresses)
                                .map(it -> it.toLowerCase(Locale.ROOT))
                                .toArray(String[]::new))
                .update();
    }

    /** The only one. */
    public Row kept(String kind, String recipient) {
        return awaited(kind, recipient, "kept", 1).getLast();
    }
}
