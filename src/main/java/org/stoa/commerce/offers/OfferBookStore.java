package org.stoa.commerce.offers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.commerce.Terms;
import org.stoa.shared.Money;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Offers, what is in them, and what they cost. */
@Repository
class OfferBookStore {
    private static final String OFFER =
            """
            select o.id, m.slug, coalesce(m.title, o.title) as title, o.lede, o.kind, o.every,
                   o.trial_days, o.parts, o.teams, o.gifts, o.active,
                   (select coalesce(jsonb_agg(jsonb_build_object('amount', p.amount, 'currency', p.currency)
                                              order by p.position, p.currency), '[]')
                      from offer_prices p
                     where p.organization_id = o.organization_id and p.offer_id = o.id) as prices,
                   (select coalesce(jsonb_agg(jsonb_build_object('slug', c.slug, 'title', c.title,
                                'summary', c.summary, 'published', c.current_release_id is not null)
                                              order by lower(c.title), c.slug), '[]')
                      from offer_courses h
                      join courses c on c.organization_id = h.organization_id and c.id = h.course_id
                     where h.organization_id = o.organization_id and h.offer_id = o.id) as courses
              from offers o
              left join courses m on m.organization_id = o.organization_id and m.id = o.course_id
             where o.organization_id = (select current_organization())
            """;

    private static final String CHANGE =
            """
            with offered as (
                update offers set title = :title, lede = :lede, teams = :teams,
                                  gifts = :gifts, active = :active
                 where organization_id = (select current_organization()) and id = :id
                returning organization_id, id
            ), held as (
                insert into offer_courses (organization_id, offer_id, course_id)
                select o.organization_id, o.id, c.id
                  from offered o
                  join courses c on c.organization_id = o.organization_id
                                and c.slug = any(cast(:courses as text[]))
                on conflict do nothing
            ), left_out as (
                delete from offer_courses h
                 using offered o, courses c
                 where h.organization_id = o.organization_id and h.offer_id = o.id
                   and c.organization_id = h.organization_id and c.id = h.course_id
                   and c.slug <> all(cast(:courses as text[]))
            ), other as (
                delete from offer_prices p
                 using offered o
                 where p.organization_id = o.organization_id and p.offer_id = o.id
                   and p.currency <> all(cast(:currencies as text[]))
            )
            insert into offer_prices (organization_id, offer_id, currency, amount, position)
            select o.organization_id, o.id, p.currency, p.amount, p.position
              from offered o,
                   unnest(cast(:currencies as text[]), cast(:amounts as bigint[]))
                          with ordinality as p (currency, amount, position)
            on conflict (organization_id, offer_id, currency) do update
               set amount = excluded.amount, position = excluded.position
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    OfferBookStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(UUID id, OfferDraft.Read offer, Instant now) {
        var every = offer.every();
        jdbc.sql(
                        """
                        with offered as (
                            insert into offers (organization_id, id, title, lede, kind, every, trial_days,
                                                parts, teams, gifts, active, created_at)
                            values (current_organization(), :id, :title, :lede, :kind, :every, :trial,
                                    :parts, :teams, :gifts, :active, :now)
                            returning organization_id, id
                        ), held as (
                            insert into offer_courses (organization_id, offer_id, course_id)
                            select o.organization_id, o.id, c.id
                              from offered o
                              join courses c on c.organization_id = o.organization_id
                                            and c.slug = any(cast(:courses as text[]))
                        )
                        insert into offer_prices (organization_id, offer_id, currency, amount, position)
                        select o.organization_id, o.id, p.currency, p.amount, p.position
                          from offered o,
                               unnest(cast(:currencies as text[]), cast(:amounts as bigint[]))
                                      with ordinality as p (currency, amount, position)
                        """)
                .param("id", id)
                .param("title", offer.title())
                .param("lede", offer.lede())
                .param("kind", offer.kind().word())
                .param("every", every == null ? null : every.word(), Types.VARCHAR)
                .param("trial", offer.trialDays())
                .param("parts", offer.parts(), Types.INTEGER)
                .param("teams", offer.teams())
                .param("gifts", offer.gifts())
                .param("active", offer.active())
                .param("now", now)
                .param("courses", offer.courses().toArray(String[]::new))
                .param("currencies", currencies(offer))
                .param("amounts", amounts(offer))
                .update();
    }

    /** What may change of it; how it is paid stays. */
    void change(UUID id, OfferDraft.Read offer) {
        jdbc.sql(CHANGE)
                .param("id", id)
                .param("title", offer.title())
                .param("lede", offer.lede())
                .param("teams", offer.teams())
                .param("gifts", offer.gifts())
                .param("active", offer.active())
                .param("courses", offer.courses().toArray(String[]::new))
                .param("currencies", currencies(offer))
                .param("amounts", amounts(offer))
                .update();
    }

    private static String[] currencies(OfferDraft.Read offer) {
        return offer.prices().stream().map(Money::currency).toArray(String[]::new);
    }

    private static Long[] amounts(OfferDraft.Read offer) {
        return offer.prices().stream().map(Money::amount).toArray(Long[]::new);
    }

    void withdraw(UUID id) {
        jdbc.sql(
                        """
                        update offers set active = false
                         where organization_id = (select current_organization()) and id = :id
                        """)
                .param("id", id)
                .update();
    }

    /** The newest first, without courses' own prices. */
    List<Offer> list(boolean withdrawn, @Nullable UUID before, int limit) {
        return jdbc.sql(
                        OFFER
                                + """
                                   and o.course_id is null and (o.active or :withdrawn)
                                   and (cast(:before as uuid) is null or o.id < cast(:before as uuid))
                                 order by o.id desc limit :limit
                                """)
                .param("withdrawn", withdrawn)
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query(this::offer)
                .list();
    }

    Optional<Offer> find(UUID id) {
        return jdbc.sql(OFFER + " and o.id = :id").param("id", id).query(this::offer).optional();
    }

    /** Those that a course is in and that can be bought, its own price first. */
    List<Offer> of(String slug, int limit) {
        return jdbc.sql(
                        OFFER
                                + """
                                   and o.active
                                   and o.id in (select h.offer_id from offer_courses h
                                                  join courses c on c.organization_id = h.organization_id
                                                                and c.id = h.course_id
                                                 where h.organization_id = (select current_organization())
                                                   and c.slug = :slug and c.current_release_id is not null)
                                 order by o.course_id is null, o.position, o.id limit :limit
                                """)
                .param("slug", slug)
                .param("limit", limit)
                .query(this::offer)
                .list();
    }

    /**
     * A course that can stand in an offer.
     *
     * @param free anybody can join it without paying
     */
    record Choice(String slug, String title, boolean free) {}

    List<Choice> choices(int limit) {
        return jdbc.sql(
                        """
                        select c.slug, c.title, p.course_id is null as free
                          from courses c
                          left join course_prices p
                            on p.organization_id = c.organization_id and p.course_id = c.id
                         where c.organization_id = (select current_organization())
                           and c.current_release_id is not null
                         order by lower(c.title), c.slug limit :limit
                        """)
                .param("limit", limit)
                .query((row, number) ->
                        new Choice(
                                row.getString("slug"),
                                row.getString("title"),
                                row.getBoolean("free")))
                .list();
    }

    /** Those of some addresses that are published courses. */
    List<String> published(List<String> slugs) {
        return jdbc.sql(
                        """
                        select slug from courses
                         where organization_id = (select current_organization())
                           and slug = any(cast(:slugs as text[])) and current_release_id is not null
                        """)
                .param("slugs", slugs.toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .list();
    }

    private Offer offer(ResultSet row, int number) throws SQLException {
        return new Offer(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getString("title"),
                row.getString("lede"),
                Terms.Kind.of(row.getString("kind")),
                Terms.Every.of(row.getString("every")),
                row.getInt("trial_days"),
                row.getObject("parts", Integer.class),
                row.getBoolean("teams"),
                row.getBoolean("gifts"),
                row.getBoolean("active"),
                json.readValue(row.getString("prices"), new TypeReference<>() {}),
                json.readValue(row.getString("courses"), new TypeReference<>() {}));
    }
}
