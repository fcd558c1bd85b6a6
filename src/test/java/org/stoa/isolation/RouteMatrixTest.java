package org.stoa.isolation;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.stoa.catalog.people.StaffWho;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.isolation.TwoSchools.Answer;
import org.stoa.isolation.TwoSchools.Person;
import org.stoa.isolation.TwoSchools.School;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Ownership;
import org.stoa.web.access.Who;

/**
 * Every route, called by everybody, on a school's host and on the platform's. Whether a caller is
 * let in follows from the route's declaration; what the route then answers stands in the table.
 */
@StoaTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteMatrixTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ZIP = "application/zip";
    private static final String SEATS = "/orders/" + UUID.randomUUID() + "/seats";
    private static final String SEAT = SEATS + "/" + UUID.randomUUID();
    private static final String COHORT =
            "{\"name\": \"%s\", \"startsAt\": null, \"joinable\": false, \"capacity\": null,"
                    + " \"calendar\": [], \"version\": 1}";

    /** Who is let in where the route names a course; the others of its staff are refused. */
    private static final Map<Class<? extends Ownership>, Set<Person>> STAFF =
            Map.of(
                    StaffWho.See.class,
                    Set.of(Person.REVIEWER, Person.ASSISTANT, Person.LEAD, Person.ADMIN),
                    StaffWho.Edit.class,
                    Set.of(Person.ASSISTANT, Person.LEAD, Person.ADMIN),
                    StaffWho.SeeLearners.class,
                    Set.of(Person.ASSISTANT, Person.LEAD, Person.ADMIN),
                    StaffWho.Lead.class,
                    Set.of(Person.LEAD, Person.ADMIN),
                    StaffWho.NamePeople.class,
                    Set.of(Person.LEAD, Person.ADMIN));

    private static final Set<Person> TEACHES =
            Set.of(Person.REVIEWER, Person.ASSISTANT, Person.LEAD, Person.ADMIN);
    private static final Set<Person> TEACHERS =
            Set.of(
                    Person.TEACHER_OF_ANOTHER_COURSE,
                    Person.REVIEWER,
                    Person.ASSISTANT,
                    Person.LEAD,
                    Person.ADMIN);

    private final RequestMappingHandlerMapping mapping;
    private final TwoSchools schools;

    @Autowired
    RouteMatrixTest(
            RequestMappingHandlerMapping requestMappingHandlerMapping,
            ServiceDatabase service,
            People people,
            Sessions sessions,
            Organizations organizations,
            @LocalServerPort int port) {
        this.mapping = requestMappingHandlerMapping;
        this.schools = new TwoSchools(port, service, people, sessions, organizations);
    }

    /** A route as it is declared. */
    private record Route(String name, String method, String pattern, Allowed allowed) {}

    /**
     * How a route is called with the first school's objects, and what those let in are answered.
     *
     * @param of whose object it names; null when it is nobody's in particular
     */
    private record Call(
            Supplier<String> path,
            @Nullable String type,
            Supplier<byte[]> body,
            @Nullable Person of,
            Set<Integer> answers) {}

    private Map<String, Call> calls() {
        var here = schools.here;
        var table = new TreeMap<String, Call>();
        table.putAll(pages(here));
        table.putAll(forms(here));
        table.putAll(api(here));
        return table;
    }

    private Map<String, Call> pages(School here) {
        return Map.ofEntries(
                get("/", "/", 200, 303),
                get("/assets/words/{name}", "/assets/words/none.js", 404),
                get("/assets/school/{name}", "/assets/school/none.css", 404),
                get("/account", "/account", 200),
                get("/account/email", "/account/email", 200),
                get("/account/messages", "/account/messages", 200),
                get("/admin/mail-templates", "/admin/mail-templates", 200),
                get(
                        "/admin/mail-templates/{kind}/{language}",
                        "/admin/mail-templates/reset/en",
                        200),
                get(
                        "/admin/mail-templates/{kind}/{language}/mail.html",
                        "/admin/mail-templates/reset/en/mail.html",
                        200),
                get("/messages", "/messages", 200),
                get("/messages/{course}", "/messages/" + here.course(), 200),
                get(
                        "/messages/{course}/{person}",
                        "/messages/" + here.course() + "/" + schools.id(Person.STUDENT),
                        200),
                get("/notifications", "/notifications", 200),
                get("/announcements", "/announcements", 200),
                get("/admin/announcements", "/admin/announcements", 200),
                get(
                        "/studio/{course}/announcements",
                        "/studio/" + here.course() + "/announcements",
                        200),
                // Teachers of other courses have no place in it.
                get(
                        "/learn/{course}/announcements",
                        "/learn/" + here.course() + "/announcements",
                        200,
                        403),
                get("/fragments/bell", "/fragments/bell", 200),
                get(
                        "/learn/{course}/{lesson}/discussion",
                        "/learn/" + here.course() + "/" + here.lesson() + "/discussion",
                        200),
                get(
                        "/fragments/discussion/{course}/{lesson}",
                        "/fragments/discussion/" + here.course() + "/" + here.lesson(),
                        200),
                get("/studio/{course}/discussion", "/studio/" + here.course() + "/discussion", 200),
                get("/unsubscribe/{token}", "/unsubscribe/none", 404),
                get("/admin/mailbox", "/admin/mailbox", 200),
                get("/admin/mailbox/{id}", "/admin/mailbox/" + UUID.randomUUID(), 404),
                get(
                        "/admin/mailbox/{id}/mail.html",
                        "/admin/mailbox/" + UUID.randomUUID() + "/mail.html",
                        404),
                get("/confirm/{token}", "/confirm/none", 404),
                get("/forgot", "/forgot", 200),
                get("/reset/{token}", "/reset/none", 404),
                get("/admin/categories", "/admin/categories", 200),
                get("/studio/{course}/facts", "/studio/" + here.course() + "/facts", 200),
                get("/admin/invitations", "/admin/invitations", 200),
                get("/admin/export", "/admin/export", 200),
                get("/admin/export/school.zip", "/admin/export/school.zip", 200),
                get("/admin/members", "/admin/members", 200),
                get("/admin/webhooks", "/admin/webhooks", 200),
                get("/admin/webhooks/sources", "/admin/webhooks/sources", 200),
                get("/admin/endpoints", "/admin/endpoints", 200),
                get("/admin/endpoints/{endpoint}", "/admin/endpoints/" + UUID.randomUUID(), 404),
                get("/admin/webhooks/{event}", "/admin/webhooks/" + UUID.randomUUID(), 404),
                get("/platform", "/platform", 303),
                get("/platform/webhooks", "/platform/webhooks", 200),
                get("/platform/webhooks/{event}", "/platform/webhooks/" + UUID.randomUUID(), 404),
                get("/admin/jobs", "/admin/jobs", 200),
                get("/admin/jobs/{id}", "/admin/jobs/" + UUID.randomUUID(), 404),
                get("/platform/jobs", "/platform/jobs", 200),
                get("/platform/jobs/{id}", "/platform/jobs/" + UUID.randomUUID(), 404),
                get("/admin/members/import", "/admin/members/import", 200),
                get("/invited/{token}", "/invited/none", 404),
                get("/admin", "/admin", 303),
                get("/admin/school", "/admin/school", 200),
                get("/api", "/api", 200),
                get("/courses", "/courses", 200),
                get("/courses/{slug}", "/courses/" + here.course(), 200),
                // Not one for a taste.
                get(
                        "/courses/{slug}/lessons/{lesson}",
                        "/courses/" + here.course() + "/lessons/" + here.lesson(),
                        404),
                get("/courses/{slug}/card.png", "/courses/" + here.course() + "/card.png", 200),
                get("/robots.txt", "/robots.txt", 200),
                get("/sitemap.xml", "/sitemap.xml", 200),
                get("/courses/{course}/join", "/courses/" + here.course() + "/join", 303),
                get("/orders", "/orders", 200),
                get("/orders/{order}", "/orders/" + UUID.randomUUID(), 404),
                get("/admin/sales", "/admin/sales", 200),
                get("/admin/sales/orders.csv", "/admin/sales/orders.csv", 200),
                get("/admin/sales/orders/{order}", "/admin/sales/orders/" + UUID.randomUUID(), 404),
                get(
                        "/admin/sales/orders/{order}/refund",
                        "/admin/sales/orders/" + UUID.randomUUID() + "/refund",
                        404),
                get("/admin/payments", "/admin/payments", 200),
                get("/admin/sales/billing", "/admin/sales/billing", 200),
                get("/orders/{order}/invoice", "/orders/" + UUID.randomUUID() + "/invoice", 404),
                get(
                        "/admin/sales/orders/{order}/invoice",
                        "/admin/sales/orders/" + UUID.randomUUID() + "/invoice",
                        404),
                get("/orders/{order}/seats", "/orders/" + UUID.randomUUID() + "/seats", 404),
                get("/orders/{order}/gift", "/orders/" + UUID.randomUUID() + "/gift", 404),
                get("/courses/{course}/wait", "/courses/" + here.course() + "/wait", 303),
                get("/seats/{token}", "/seats/none", 404),
                get("/gifts/{token}", "/gifts/none", 404),
                get("/admin/offers", "/admin/offers", 200),
                get("/admin/offers/new", "/admin/offers/new", 200),
                get("/admin/offers/{offer}", "/admin/offers/" + UUID.randomUUID(), 404),
                get("/admin/coupons", "/admin/coupons", 200),
                get("/admin/coupons/new", "/admin/coupons/new", 200),
                get("/offers/{offer}", "/offers/" + UUID.randomUUID(), 404),
                get("/courses/{course}/offers", "/courses/" + here.course() + "/offers", 200),
                get("/orders/{order}/pay", "/orders/" + UUID.randomUUID() + "/pay", 404),
                get("/orders/{order}/done", "/orders/" + UUID.randomUUID() + "/done", 404),
                get("/checkout/{order}", "/checkout/" + UUID.randomUUID(), 404),
                get(
                        "/checkout/{order}/renewals",
                        "/checkout/" + UUID.randomUUID() + "/renewals",
                        404),
                get("/admin/sales/subscriptions", "/admin/sales/subscriptions", 200),
                get("/admin/sales/payouts", "/admin/sales/payouts", 200),
                get("/courses/{course}/leave", "/courses/" + here.course() + "/leave", 200, 303),
                get("/fragments/corner", "/fragments/corner", 200),
                get("/fragments/search", "/fragments/search?q=knots", 200),
                get("/fragments/standing/{course}", "/fragments/standing/" + here.course(), 200),
                get("/learn", "/learn", 200),
                get("/learn/{course}", "/learn/" + here.course(), 303),
                get(
                        "/learn/{course}/{lesson}",
                        "/learn/" + here.course() + "/" + here.lesson(),
                        200),
                get(
                        "/media/{sha256:[0-9a-f]{64}}/{name}",
                        "/media/" + here.sha256() + "/p.png",
                        200),
                get(
                        "/media/{sha256:[0-9a-f]{64}}/{width:[0-9]{1,5}}/{name}",
                        "/media/" + here.sha256() + "/720/p.webp",
                        404),
                get("/schools", "/schools", 200),
                get("/sign-in", "/sign-in", 200, 303),
                get("/sign-in/ask", "/sign-in/ask?at=" + here.subdomain(), 303),
                get("/sign-in/begin", "/sign-in/begin", 303),
                get("/sign-in/offer", "/sign-in/offer?tie=none", 303),
                get("/sign-in/arrive", "/sign-in/arrive?code=none", 303),
                get("/sign-in/carry", "/sign-in/carry?to=" + here.subdomain(), 303),
                get("/sign-in/keep", "/sign-in/keep?code=none", 303),
                get("/sign-up", "/sign-up", 200, 303),
                get("/start", "/start", 200),
                get("/start/subdomain", "/start/subdomain?name=School", 200),
                get("/studio", "/studio", 200),
                get("/studio/import", "/studio/import", 200),
                get("/studio/new", "/studio/new", 200),
                get("/studio/{course}", "/studio/" + here.course(), 200),
                get("/studio/{course}/cover", "/studio/" + here.course() + "/cover", 200),
                get(
                        "/studio/{course}/lessons/{id}",
                        "/studio/" + here.course() + "/lessons/" + here.lessonId(),
                        200),
                get(
                        "/studio/{course}/lessons/{id}/versions",
                        "/studio/" + here.course() + "/lessons/" + here.lessonId() + "/versions",
                        200),
                get("/studio/{course}/learners", "/studio/" + here.course() + "/learners", 200),
                get("/studio/{course}/people", "/studio/" + here.course() + "/people", 200),
                get(
                        "/studio/{course}/lessons/{id}/rules",
                        "/studio/" + here.course() + "/lessons/" + here.lessonId() + "/rules",
                        200),
                get("/studio/{course}/price", "/studio/" + here.course() + "/price", 200),
                get("/studio/{course}/access", "/studio/" + here.course() + "/access", 200),
                get(
                        "/studio/{course}/cohorts/{id}",
                        "/studio/" + here.course() + "/cohorts/" + UUID.randomUUID(),
                        404),
                get("/studio/{course}/preview", "/studio/" + here.course() + "/preview", 200),
                get(
                        "/studio/{course}/preview/{lesson}",
                        "/studio/" + here.course() + "/preview/" + here.lesson(),
                        200),
                get("/studio/{course}/export", "/studio/" + here.course() + "/export", 200),
                get("/studio/{course}/history", "/studio/" + here.course() + "/history", 200),
                get("/studio/{course}/share", "/studio/" + here.course() + "/share", 200),
                get(
                        "/studio/{course}/releases/{number}/draft",
                        "/studio/" + here.course() + "/releases/1/draft",
                        200),
                get("/studio/{course}/publish", "/studio/" + here.course() + "/publish", 200),
                get("/studio/{course}/releases", "/studio/" + here.course() + "/releases", 200),
                get(
                        "/studio/{course}/releases/{number}/withdraw",
                        "/studio/" + here.course() + "/releases/1/withdraw",
                        200),
                get("/styleguide", "/styleguide", 200));
    }

    private Map<String, Call> forms(School here) {
        var member = here.member();
        return Map.ofEntries(
                form("/account", "/account", "name=Somebody", 303),
                form("/account/email", "/account/email", "email=&addressPassword=", 422),
                form("/account/messages", "/account/messages", "timeZone=Mars/Base", 422),
                form("/admin/mail-templates", "/admin/mail-templates", "replyTo=nobody", 422),
                form(
                        "/admin/mail-templates/{kind}/{language}",
                        "/admin/mail-templates/reset/en",
                        "subject=&body=",
                        422),
                form(
                        "/admin/mail-templates/{kind}/{language}/preview",
                        "/admin/mail-templates/reset/en/preview",
                        "subject=A&body={{none}}",
                        422),
                form(
                        "/admin/mail-templates/{kind}/{language}/forget",
                        "/admin/mail-templates/reset/en/forget",
                        "",
                        303),
                form(
                        "/learn/{course}/{lesson}/discussion",
                        "/learn/" + here.course() + "/" + here.lesson() + "/discussion",
                        "text=",
                        422),
                form(
                        "/learn/{course}/{lesson}/discussion/{post}",
                        "/learn/"
                                + here.course()
                                + "/"
                                + here.lesson()
                                + "/discussion/"
                                + UUID.randomUUID()
                                + "",
                        "text=T",
                        404),
                form(
                        "/learn/{course}/{lesson}/discussion/{post}/answers",
                        "/learn/"
                                + here.course()
                                + "/"
                                + here.lesson()
                                + "/discussion/"
                                + UUID.randomUUID()
                                + "/answers",
                        "text=T",
                        404),
                form(
                        "/learn/{course}/{lesson}/discussion/{post}/remove",
                        "/learn/"
                                + here.course()
                                + "/"
                                + here.lesson()
                                + "/discussion/"
                                + UUID.randomUUID()
                                + "/remove",
                        "",
                        404),
                form(
                        "/learn/{course}/{lesson}/discussion/{post}/report",
                        "/learn/"
                                + here.course()
                                + "/"
                                + here.lesson()
                                + "/discussion/"
                                + UUID.randomUUID()
                                + "/report",
                        "why=W",
                        404),
                form(
                        "/learn/{course}/{lesson}/discussion/{post}/resolved",
                        "/learn/"
                                + here.course()
                                + "/"
                                + here.lesson()
                                + "/discussion/"
                                + UUID.randomUUID()
                                + "/resolved",
                        "resolved=true",
                        404),
                form(
                        "/studio/{course}/discussion/{post}/hidden",
                        "/studio/" + here.course() + "/discussion/" + UUID.randomUUID() + "/hidden",
                        "hidden=true",
                        404),
                form(
                        "/studio/{course}/discussion/{post}/dismiss",
                        "/studio/"
                                + here.course()
                                + "/discussion/"
                                + UUID.randomUUID()
                                + "/dismiss",
                        "",
                        404),
                form(
                        "/studio/{course}/discussion/{post}/locked",
                        "/studio/" + here.course() + "/discussion/" + UUID.randomUUID() + "/locked",
                        "locked=true",
                        404),
                form("/messages/{course}", "/messages/" + here.course(), "text=", 422),
                form("/messages/{course}/read", "/messages/" + here.course() + "/read", "", 303),
                form(
                        "/messages/{course}/{person}",
                        "/messages/" + here.course() + "/" + schools.id(Person.STUDENT),
                        "text=",
                        422),
                form(
                        "/messages/{course}/{person}/read",
                        "/messages/" + here.course() + "/" + schools.id(Person.STUDENT) + "/read",
                        "",
                        303),
                form("/notifications/read", "/notifications/read", "", 303),
                form("/admin/announcements", "/admin/announcements", "title=", 422),
                form("/admin/announcements/preview", "/admin/announcements/preview", "text=", 422),
                form(
                        "/admin/announcements/{id}/cancel",
                        "/admin/announcements/" + UUID.randomUUID() + "/cancel",
                        "",
                        404),
                form(
                        "/studio/{course}/announcements",
                        "/studio/" + here.course() + "/announcements",
                        "title=",
                        422),
                form(
                        "/studio/{course}/announcements/preview",
                        "/studio/" + here.course() + "/announcements/preview",
                        "text=",
                        422),
                form(
                        "/studio/{course}/announcements/{id}/cancel",
                        "/studio/"
                                + here.course()
                                + "/announcements/"
                                + UUID.randomUUID()
                                + "/cancel",
                        "",
                        404),
                form(
                        "/notifications/{id}/open",
                        "/notifications/" + UUID.randomUUID() + "/open",
                        "",
                        404),
                form("/unsubscribe/{token}", "/unsubscribe/none", "", 404),
                form("/account/email/proof", "/account/email/proof", "", 303),
                form(
                        "/admin/mailbox/{id}/again",
                        "/admin/mailbox/" + UUID.randomUUID() + "/again",
                        "",
                        404),
                form("/confirm/{token}", "/confirm/none", "", 404),
                form("/forgot", "/forgot", "email=", 422),
                form("/reset/{token}", "/reset/none", "password=short", 404),
                form("/account/password", "/account/password", "current=no&password=short", 422),
                form("/account/sessions/end-others", "/account/sessions/end-others", "", 303),
                own(
                        "POST /account/sessions/{id}/end",
                        () -> "/account/sessions/" + session() + "/end",
                        303),
                form("/account/tokens", "/account/tokens", "tokenName=Mine", 200),
                own(
                        "POST /account/tokens/{id}/revoke",
                        () -> "/account/tokens/" + token() + "/revoke",
                        303),
                form("/admin/categories", "/admin/categories", "category=A&name=", 422),
                form("/studio/{course}/facts", "/studio/" + here.course() + "/facts", "", 422),
                form("/admin/invitations", "/admin/invitations", "days=0&uses=1", 422),
                form(
                        "/admin/invitations/{id}/revoke",
                        "/admin/invitations/" + UUID.randomUUID() + "/revoke",
                        "",
                        404),
                form("/invited/{token}", "/invited/none", "", 404),
                form("/admin/members", "/admin/members", "name=&email=", 422),
                form(
                        "/admin/jobs/{id}/cancel",
                        "/admin/jobs/" + UUID.randomUUID() + "/cancel",
                        "",
                        404),
                form(
                        "/admin/jobs/{id}/replay",
                        "/admin/jobs/" + UUID.randomUUID() + "/replay",
                        "",
                        404),
                form("/admin/jobs/replay", "/admin/jobs/replay", "", 303),
                form(
                        "/platform/jobs/{id}/cancel",
                        "/platform/jobs/" + UUID.randomUUID() + "/cancel",
                        "",
                        404),
                form(
                        "/platform/jobs/{id}/replay",
                        "/platform/jobs/" + UUID.randomUUID() + "/replay",
                        "",
                        404),
                form("/platform/jobs/replay", "/platform/jobs/replay", "", 303),
                form("/admin/members/import", "/admin/members/import", "list=", 422),
                form("/admin/members/import/look", "/admin/members/import/look", "", 422),
                form("/admin/members/selected", "/admin/members/selected", "act=student", 303),
                form("/admin/members/links", "/admin/members/links", "", 200),
                form("/admin/school", "/admin/school", "name=", 422),
                form(
                        "/admin/members/{id}/restore",
                        "/admin/members/" + member + "/restore",
                        "",
                        303),
                form(
                        "/admin/members/{id}/role",
                        "/admin/members/" + member + "/role",
                        "role=student",
                        303),
                form(
                        "/admin/members/{id}/suspend",
                        "/admin/members/" + member + "/suspend",
                        "",
                        303),
                form("/courses/{course}/join", "/courses/" + here.course() + "/join", "", 303),
                form("/courses/{course}/buy", "/courses/" + here.course() + "/buy", "", 303),
                form("/admin/payments", "/admin/payments", "provider=stripe", 422),
                form("/admin/sales/billing", "/admin/sales/billing", "tax=included", 422),
                form(
                        "/orders/{order}/invoice",
                        "/orders/" + UUID.randomUUID() + "/invoice",
                        "name=a",
                        404),
                form(
                        "/admin/sales/orders/{order}/invoice",
                        "/admin/sales/orders/" + UUID.randomUUID() + "/invoice",
                        "name=a",
                        404),
                form("/admin/offers", "/admin/offers", "title=", 422),
                form("/admin/offers/{offer}", "/admin/offers/" + UUID.randomUUID(), "title=", 404),
                form("/admin/coupons", "/admin/coupons", "code=", 422),
                form(
                        "/admin/coupons/{coupon}/withdraw",
                        "/admin/coupons/" + UUID.randomUUID() + "/withdraw",
                        "",
                        404),
                form("/offers/{offer}/buy", "/offers/" + UUID.randomUUID() + "/buy", "", 404),
                form(
                        "/admin/sales/mismatches/{mismatch}/mend",
                        "/admin/sales/mismatches/none/mend",
                        "",
                        404),
                form(
                        "/admin/sales/orders/{order}/refunds",
                        "/admin/sales/orders/" + UUID.randomUUID() + "/refunds",
                        "amount=1&left=1",
                        404),
                form("/orders/{order}/seats", SEATS, "email=a@b.example", 404),
                form("/orders/{order}/seats/mine", SEATS + "/mine", "", 404),
                form("/orders/{order}/seats/{seat}/give", SEAT + "/give", "email=a@b.example", 404),
                form("/orders/{order}/seats/{seat}/again", SEAT + "/again", "", 404),
                form("/orders/{order}/seats/{seat}/back", SEAT + "/back", "", 404),
                form("/orders/{order}/gift", "/orders/" + UUID.randomUUID() + "/gift", "", 404),
                form("/courses/{course}/wait", "/courses/" + here.course() + "/wait", "", 303),
                form(
                        "/courses/{course}/wait/leave",
                        "/courses/" + here.course() + "/wait/leave",
                        "",
                        303),
                form("/seats/{token}", "/seats/none", "", 404),
                form("/gifts/{token}", "/gifts/none", "", 404),
                form("/checkout/{order}", "/checkout/" + UUID.randomUUID(), "how=card", 404),
                form(
                        "/checkout/{order}/renewals",
                        "/checkout/" + UUID.randomUUID() + "/renewals",
                        "how=renew",
                        404),
                form("/orders/{order}/portal", "/orders/" + UUID.randomUUID() + "/portal", "", 404),
                form("/orders/{order}/cancel", "/orders/" + UUID.randomUUID() + "/cancel", "", 404),
                // Leaving for good would take their places from the other calls; LearnTest leaves.
                form("/courses/{course}/leave", "/courses/no-such-course/leave", "", 404),
                form(
                        "/learn/{course}/{lesson}/done",
                        "/learn/" + here.course() + "/" + here.lesson() + "/done",
                        "",
                        303),
                form("/language", "/language", "language=en", 303),
                form("/sign-in", "/sign-in", signIn("email=%s&password=%s"), 303),
                form("/sign-out", "/sign-out", "", 303),
                form("/sign-up", "/sign-up", "name=&email=&password=", 422),
                form("/admin/webhooks/sources", "/admin/webhooks/sources", "name=", 422),
                form(
                        "/admin/webhooks/sources/{source}/rotate",
                        "/admin/webhooks/sources/none/rotate",
                        "",
                        404),
                form(
                        "/admin/webhooks/sources/{source}/retire",
                        "/admin/webhooks/sources/none/retire",
                        "",
                        404),
                form(
                        "/admin/webhooks/sources/{source}/remove",
                        "/admin/webhooks/sources/none/remove",
                        "",
                        404),
                form("/admin/endpoints", "/admin/endpoints", "url=", 422),
                form(
                        "/admin/endpoints/{endpoint}/enable",
                        "/admin/endpoints/" + UUID.randomUUID() + "/enable",
                        "",
                        404),
                form(
                        "/admin/endpoints/{endpoint}/remove",
                        "/admin/endpoints/" + UUID.randomUUID() + "/remove",
                        "",
                        404),
                form(
                        "/admin/endpoints/{endpoint}/deliveries/{delivery}/again",
                        "/admin/endpoints/"
                                + UUID.randomUUID()
                                + "/deliveries/"
                                + UUID.randomUUID()
                                + "/again",
                        "",
                        404),
                form(
                        "/admin/webhooks/{event}/replay",
                        "/admin/webhooks/" + UUID.randomUUID() + "/replay",
                        "",
                        404),
                form(
                        "/platform/webhooks/{event}/replay",
                        "/platform/webhooks/" + UUID.randomUUID() + "/replay",
                        "",
                        404),
                json("POST", "/api/webhooks/{source}", "/api/webhooks/nobody", "{}", 404),
                form("/start", "/start", "name=", 422),
                form("/studio/import", "/studio/import", "", 422),
                form("/studio/{course}/cover", "/studio/" + here.course() + "/cover", "", 422),
                form(
                        "/studio/{course}/cover/remove",
                        "/studio/" + here.course() + "/cover/remove",
                        "",
                        303),
                form("/studio/new", "/studio/new", "title=", 422),
                form(
                        "/studio/{course}/outline/new-module",
                        "/studio/" + here.course() + "/outline/new-module",
                        "title=",
                        422),
                // Of a module that is not there: the others shall find their course as it was.
                form(
                        "/studio/{course}/outline/modules/{id}/lessons",
                        "/studio/"
                                + here.course()
                                + "/outline/modules/"
                                + UUID.randomUUID()
                                + "/lessons",
                        "title=T",
                        404),
                form(
                        "/studio/{course}/outline/modules/{id}/title",
                        "/studio/"
                                + here.course()
                                + "/outline/modules/"
                                + UUID.randomUUID()
                                + "/title",
                        "title=T&version=1",
                        404),
                form(
                        "/studio/{course}/outline/modules",
                        "/studio/" + here.course() + "/outline/modules",
                        "",
                        303),
                form(
                        "/studio/{course}/outline/lessons",
                        "/studio/" + here.course() + "/outline/lessons",
                        "up=" + here.lessonId(),
                        303),
                form(
                        "/studio/{course}/lessons/{id}",
                        "/studio/" + here.course() + "/lessons/" + here.lessonId(),
                        "title=T&markdown=&version=0",
                        409),
                // With what cannot be, so that the others find the course as it was.
                form(
                        "/studio/{course}/lessons/{id}/rules",
                        "/studio/" + here.course() + "/lessons/" + here.lessonId() + "/rules",
                        "opensAt=2026-02-30T09:00&version=1",
                        422),
                form(
                        "/studio/{course}/outline/rules",
                        "/studio/" + here.course() + "/outline/rules",
                        "rule=show",
                        303),
                form(
                        "/studio/{course}/price",
                        "/studio/" + here.course() + "/price",
                        "amount=4O&currency=EUR",
                        422),
                form(
                        "/studio/{course}/price/free",
                        "/studio/" + here.course() + "/price/free",
                        "",
                        303),
                form(
                        "/studio/{course}/access",
                        "/studio/" + here.course() + "/access",
                        "capacity=some&version=1",
                        422),
                form(
                        "/studio/{course}/cohorts",
                        "/studio/" + here.course() + "/cohorts",
                        "name=",
                        422),
                form(
                        "/studio/{course}/cohorts/{id}",
                        "/studio/" + here.course() + "/cohorts/" + UUID.randomUUID(),
                        "name=Spring&version=1",
                        404),
                form(
                        "/studio/{course}/cohorts/{id}/learners",
                        "/studio/" + here.course() + "/cohorts/" + UUID.randomUUID() + "/learners",
                        "email=nobody@example.org",
                        404),
                form(
                        "/studio/{course}/cohorts/{id}/remove",
                        "/studio/" + here.course() + "/cohorts/" + UUID.randomUUID() + "/remove",
                        "",
                        404),
                form(
                        "/studio/{course}/lessons/{id}/versions",
                        "/studio/" + here.course() + "/lessons/" + here.lessonId() + "/versions",
                        "version=1000000&seen=1",
                        404),
                form("/studio/{course}/people", "/studio/" + here.course() + "/people", "", 422),
                form(
                        "/studio/{course}/people/{id}/role",
                        "/studio/" + here.course() + "/people/" + UUID.randomUUID() + "/role",
                        "role=lead",
                        404),
                form(
                        "/studio/{course}/people/{id}/remove",
                        "/studio/" + here.course() + "/people/" + UUID.randomUUID() + "/remove",
                        "",
                        404),
                form(
                        "/studio/{course}/people/invitations",
                        "/studio/" + here.course() + "/people/invitations",
                        "role=wizard",
                        422),
                form(
                        "/studio/{course}/people/invitations/{id}/revoke",
                        "/studio/"
                                + here.course()
                                + "/people/invitations/"
                                + UUID.randomUUID()
                                + "/revoke",
                        "",
                        404),
                form("/studio/{course}/share", "/studio/" + here.course() + "/share", "", 422),
                form(
                        "/studio/{course}/lessons/{id}/own",
                        "/studio/" + here.course() + "/lessons/" + UUID.randomUUID() + "/own",
                        "",
                        404),
                json(
                        "POST",
                        "/studio/{course}/watch",
                        "/studio/" + here.course() + "/watch",
                        "{}",
                        200),
                form(
                        "/studio/{course}/history/{id}/undo",
                        "/studio/" + here.course() + "/history/" + UUID.randomUUID() + "/undo",
                        "",
                        409),
                form(
                        "/studio/{course}/publish/call-off",
                        "/studio/" + here.course() + "/publish/call-off",
                        "",
                        303),
                // Of releases that are not there: the others shall find what they came for.
                form(
                        "/studio/{course}/releases/{number}/withdraw",
                        "/studio/" + here.course() + "/releases/99/withdraw",
                        "",
                        404),
                form(
                        "/studio/{course}/releases/{number}/draft",
                        "/studio/" + here.course() + "/releases/99/draft",
                        "",
                        404),
                form(
                        "/studio/{course}/releases",
                        "/studio/" + here.course() + "/releases",
                        "note=Again",
                        303));
    }

    private Map<String, Call> api(School here) {
        var course = "/api/v1/courses/" + here.course();
        var mark = "{\"status\": \"started\"}";
        var batch =
                "{\"items\": [{\"lessonId\": \"%s\", \"status\": \"started\"}]}"
                        .formatted(here.lessonId());
        return Map.ofEntries(
                get("/api/v1/courses", "/api/v1/courses", 200),
                get("/api/v1/courses/{slug}", course, 200),
                get("/api/v1/courses/{slug}/export", course + "/export", 200),
                get("/api/v1/school/export", "/api/v1/school/export", 200),
                get("/api/v1/courses/{slug}/releases", course + "/releases", 200),
                json(
                        "DELETE",
                        "/api/v1/courses/{slug}/releases/{number}",
                        course + "/releases/99",
                        "",
                        404),
                // The first to publish after staff were named makes a release of it: 201.
                json(
                        "POST",
                        "/api/v1/courses/{slug}/releases",
                        course + "/releases",
                        "{}",
                        200,
                        201),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/enrollments",
                        course + "/enrollments",
                        "",
                        200),
                entry(
                        "POST /api/v1/course-imports",
                        new Call(
                                () -> "/api/v1/course-imports",
                                ZIP,
                                () -> TwoSchools.zip("Course " + UUID.randomUUID()),
                                null,
                                Set.of(201))),
                get("/api/v1/courses/{slug}/files", course + "/files", 200),
                entry(
                        "POST /api/v1/courses/{slug}/files",
                        new Call(
                                () -> course + "/files?name=rope.txt",
                                "application/octet-stream",
                                () -> "A rope".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                null,
                                Set.of(201))),
                json(
                        "DELETE",
                        "/api/v1/courses/{slug}/files",
                        course + "/files?path=none.png",
                        "",
                        404),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/cover",
                        course + "/cover",
                        "{\"path\": \"\"}",
                        204),
                get("/api/v1/courses/{slug}/checks", course + "/checks", 200),
                get("/api/v1/courses/{slug}/learners", course + "/learners", 200),
                get("/api/v1/courses/{slug}/staff", course + "/staff", 200),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/staff/{id}",
                        course + "/staff/" + UUID.randomUUID(),
                        "{\"role\": \"lead\"}",
                        404),
                json(
                        "DELETE",
                        "/api/v1/courses/{slug}/staff/{id}",
                        course + "/staff/" + UUID.randomUUID(),
                        "",
                        404),
                get("/api/v1/courses/{slug}/outline", course + "/outline", 200),
                get(
                        "/api/v1/courses/{slug}/shareable-lessons",
                        course + "/shareable-lessons?q=first",
                        200),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/shared-lessons",
                        course + "/shared-lessons",
                        "{\"lesson\": \"%s\", \"module\": \"%s\"}"
                                .formatted(UUID.randomUUID(), UUID.randomUUID()),
                        404),
                json(
                        "DELETE",
                        "/api/v1/courses/{slug}/shared-lessons/{id}",
                        course + "/shared-lessons/" + UUID.randomUUID(),
                        "",
                        404),
                get(
                        "/api/v1/courses/{slug}/lessons/{id}",
                        course + "/lessons/" + here.lessonId(),
                        200),
                // Over a version that never was: it must not change what the other calls find.
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/lessons/{id}",
                        course + "/lessons/" + here.lessonId(),
                        "{\"title\": \"T\", \"markdown\": \"\", \"version\": 0}",
                        409),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/preview",
                        course + "/preview",
                        "{\"title\": \"T\", \"markdown\": \"Read.\"}",
                        200),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/lessons/positions",
                        course + "/lessons/positions",
                        "{\"lessons\": [\"%1$s\"], \"module\": \"%1$s\", \"before\": null}"
                                .formatted(here.lessonId()),
                        404),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/modules/{id}/position",
                        course + "/modules/" + here.lessonId() + "/position",
                        "{\"before\": null}",
                        404),
                json(
                        "PATCH",
                        "/api/v1/courses/{slug}/modules/{id}",
                        course + "/modules/" + here.lessonId(),
                        "{\"title\": \"T\", \"version\": 1}",
                        404),
                get(
                        "/api/v1/courses/{slug}/lessons/{id}/rules",
                        course + "/lessons/" + here.lessonId() + "/rules",
                        200),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/lessons/{id}/rules",
                        course + "/lessons/" + here.lessonId() + "/rules",
                        "{\"hidden\": true, \"required\": true, \"taste\": false, \"opensAt\": null,"
                                + " \"opensAfterDays\": null, \"after\": [], \"version\": 0}",
                        409),
                get("/api/v1/me/orders", "/api/v1/me/orders", 200),
                get("/api/v1/me/orders/{order}/seats", "/api/v1/me" + SEATS, 404),
                json("POST", "/api/v1/me/orders/{order}/seats", "/api/v1/me" + SEATS, "{}", 404),
                json(
                        "PUT",
                        "/api/v1/me/orders/{order}/seats/{seat}",
                        "/api/v1/me" + SEAT,
                        "{}",
                        404),
                json(
                        "DELETE",
                        "/api/v1/me/orders/{order}/seats/{seat}",
                        "/api/v1/me" + SEAT,
                        "",
                        404),
                json(
                        "PUT",
                        "/api/v1/me/orders/{order}/gift",
                        "/api/v1/me/orders/" + UUID.randomUUID() + "/gift",
                        "{}",
                        404),
                get("/api/v1/orders", "/api/v1/orders", 200),
                get("/api/v1/subscriptions", "/api/v1/subscriptions", 200),
                get("/api/v1/payouts", "/api/v1/payouts", 200),
                get("/api/v1/orders/{order}", "/api/v1/orders/" + UUID.randomUUID(), 404),
                json(
                        "POST",
                        "/api/v1/orders/{order}/refunds",
                        "/api/v1/orders/" + UUID.randomUUID() + "/refunds",
                        "{}",
                        404),
                get("/api/v1/mismatches", "/api/v1/mismatches", 200),
                json(
                        "POST",
                        "/api/v1/mismatches/{mismatch}/mend",
                        "/api/v1/mismatches/none/mend",
                        "{}",
                        404),
                get("/api/v1/settings/payments", "/api/v1/settings/payments", 200),
                get("/api/v1/settings/billing", "/api/v1/settings/billing", 200),
                json(
                        "PUT",
                        "/api/v1/settings/billing",
                        "/api/v1/settings/billing",
                        "{\"automaticTax\": true}",
                        422),
                get(
                        "/api/v1/me/orders/{order}/invoice",
                        "/api/v1/me/orders/" + UUID.randomUUID() + "/invoice",
                        404),
                json(
                        "POST",
                        "/api/v1/me/orders/{order}/invoice",
                        "/api/v1/me/orders/" + UUID.randomUUID() + "/invoice",
                        "{}",
                        404),
                get(
                        "/api/v1/orders/{order}/invoice",
                        "/api/v1/orders/" + UUID.randomUUID() + "/invoice",
                        404),
                json(
                        "POST",
                        "/api/v1/orders/{order}/invoice",
                        "/api/v1/orders/" + UUID.randomUUID() + "/invoice",
                        "{}",
                        404),
                get("/api/v1/offers", "/api/v1/offers", 200),
                get("/api/v1/offers/{offer}", "/api/v1/offers/" + UUID.randomUUID(), 404),
                json("POST", "/api/v1/offers", "/api/v1/offers", "{}", 422),
                json(
                        "PUT",
                        "/api/v1/offers/{offer}",
                        "/api/v1/offers/" + UUID.randomUUID(),
                        "{}",
                        404),
                json(
                        "DELETE",
                        "/api/v1/offers/{offer}",
                        "/api/v1/offers/" + UUID.randomUUID(),
                        "",
                        404),
                json(
                        "POST",
                        "/api/v1/offers/{offer}/orders",
                        "/api/v1/offers/" + UUID.randomUUID() + "/orders",
                        "{}",
                        404),
                get("/api/v1/coupons", "/api/v1/coupons", 200),
                get("/api/v1/coupons/{coupon}", "/api/v1/coupons/" + UUID.randomUUID(), 404),
                json("POST", "/api/v1/coupons", "/api/v1/coupons", "{}", 422),
                json(
                        "DELETE",
                        "/api/v1/coupons/{coupon}",
                        "/api/v1/coupons/" + UUID.randomUUID(),
                        "",
                        404),
                json("PUT", "/api/v1/settings/payments", "/api/v1/settings/payments", "{}", 422),
                json("PUT", "/api/v1/courses/{slug}/price", course + "/price", "{}", 422),
                json("DELETE", "/api/v1/courses/{slug}/price", course + "/price", "", 204),
                get("/api/v1/courses/{slug}/terms", course + "/terms", 200),
                get("/api/v1/courses/{slug}/waiting-list", course + "/waiting-list", 200),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/terms",
                        course + "/terms",
                        "{\"opensAt\": null, \"closesAt\": null, \"capacity\": 90, \"first\": [],"
                                + " \"version\": 0}",
                        409),
                get("/api/v1/courses/{slug}/cohorts", course + "/cohorts", 200),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/cohorts",
                        course + "/cohorts",
                        COHORT.formatted(""),
                        422),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/cohorts/{id}",
                        course + "/cohorts/" + UUID.randomUUID(),
                        COHORT.formatted("Spring"),
                        404),
                json(
                        "DELETE",
                        "/api/v1/courses/{slug}/cohorts/{id}",
                        course + "/cohorts/" + UUID.randomUUID(),
                        "",
                        404),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/cohorts/{id}/learners",
                        course + "/cohorts/" + UUID.randomUUID() + "/learners",
                        "{\"email\": \"nobody@example.org\"}",
                        404),
                json(
                        "DELETE",
                        "/api/v1/courses/{slug}/cohorts/{id}/learners/{person}",
                        course + "/cohorts/" + UUID.randomUUID() + "/learners/" + UUID.randomUUID(),
                        "",
                        404),
                get(
                        "/api/v1/courses/{slug}/lessons/{id}/discussion",
                        course + "/lessons/" + here.lessonId() + "/discussion",
                        200),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/lessons/{id}/discussion",
                        course + "/lessons/" + here.lessonId() + "/discussion",
                        "{\"text\": \"\"}",
                        422),
                get(
                        "/api/v1/courses/{slug}/discussion-reports",
                        course + "/discussion-reports",
                        200),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/discussion/{post}/answers",
                        course + "/discussion/" + UUID.randomUUID() + "/answers",
                        "{\"text\": \"T\"}",
                        404),
                json(
                        "PATCH",
                        "/api/v1/courses/{slug}/discussion/{post}",
                        course + "/discussion/" + UUID.randomUUID() + "",
                        "{\"text\": \"T\"}",
                        404),
                json(
                        "DELETE",
                        "/api/v1/courses/{slug}/discussion/{post}",
                        course + "/discussion/" + UUID.randomUUID() + "",
                        "",
                        404),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/discussion/{post}/resolved",
                        course + "/discussion/" + UUID.randomUUID() + "/resolved",
                        "{\"resolved\": true}",
                        404),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/discussion/{post}/reports",
                        course + "/discussion/" + UUID.randomUUID() + "/reports",
                        "{\"why\": \"W\"}",
                        404),
                json(
                        "DELETE",
                        "/api/v1/courses/{slug}/discussion/{post}/reports",
                        course + "/discussion/" + UUID.randomUUID() + "/reports",
                        "",
                        404),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/discussion/{post}/hidden",
                        course + "/discussion/" + UUID.randomUUID() + "/hidden",
                        "{\"hidden\": true}",
                        404),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/discussion/{post}/locked",
                        course + "/discussion/" + UUID.randomUUID() + "/locked",
                        "{\"locked\": true}",
                        404),
                get("/api/v1/me/conversations", "/api/v1/me/conversations", 200),
                get("/api/v1/courses/{slug}/conversation", course + "/conversation", 200),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/conversation",
                        course + "/conversation",
                        "{\"text\": \"\"}",
                        422),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/conversation/read",
                        course + "/conversation/read",
                        "",
                        204),
                get(
                        "/api/v1/courses/{slug}/learners/{person}/conversation",
                        course + "/learners/" + schools.id(Person.STUDENT) + "/conversation",
                        200),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/learners/{person}/conversation",
                        course + "/learners/" + schools.id(Person.STUDENT) + "/conversation",
                        "{\"text\": \"\"}",
                        422),
                json(
                        "PUT",
                        "/api/v1/courses/{slug}/learners/{person}/conversation/read",
                        course + "/learners/" + schools.id(Person.STUDENT) + "/conversation/read",
                        "",
                        204),
                get("/api/v1/me", "/api/v1/me", 200),
                get("/api/v1/me/enrollments", "/api/v1/me/enrollments", 200),
                json(
                        "DELETE",
                        "/api/v1/me/enrollments/{slug}",
                        "/api/v1/me/enrollments/" + here.secondCourse(),
                        "",
                        204),
                get("/api/v1/me/events", "/api/v1/me/events", 200),
                json(
                        "PUT",
                        "/api/v1/me/lessons/{lessonId}/progress",
                        "/api/v1/me/lessons/" + here.lessonId() + "/progress",
                        mark,
                        200),
                json(
                        "POST",
                        "/api/v1/me/progress-batches",
                        "/api/v1/me/progress-batches",
                        batch,
                        200),
                get(
                        "/api/v1/me/waiting-list/{slug}",
                        "/api/v1/me/waiting-list/" + here.course(),
                        404),
                json(
                        "PUT",
                        "/api/v1/me/waiting-list/{slug}",
                        "/api/v1/me/waiting-list/" + here.course(),
                        "",
                        409),
                json(
                        "DELETE",
                        "/api/v1/me/waiting-list/{slug}",
                        "/api/v1/me/waiting-list/" + here.course(),
                        "",
                        204),
                json("POST", "/api/v1/seats/{token}", "/api/v1/seats/none", "", 404),
                json("POST", "/api/v1/gifts/{token}", "/api/v1/gifts/none", "", 404),
                get("/api/v1/me/sessions", "/api/v1/me/sessions", 200),
                json("DELETE", "/api/v1/me/sessions", "/api/v1/me/sessions", "", 204),
                own(
                        "DELETE /api/v1/me/sessions/{id}",
                        () -> "/api/v1/me/sessions/" + session(),
                        204),
                get("/api/v1/me/tokens", "/api/v1/me/tokens", 200),
                json("POST", "/api/v1/me/tokens", "/api/v1/me/tokens", "{\"name\": \"T\"}", 201),
                own("DELETE /api/v1/me/tokens/{id}", () -> "/api/v1/me/tokens/" + token(), 204),
                get("/api/v1/invitations", "/api/v1/invitations", 200),
                json("POST", "/api/v1/invitations", "/api/v1/invitations", "{\"days\": 0}", 422),
                json(
                        "DELETE",
                        "/api/v1/invitations/{id}",
                        "/api/v1/invitations/" + UUID.randomUUID(),
                        "",
                        404),
                entry(
                        "POST /api/v1/member-imports",
                        new Call(
                                () -> "/api/v1/member-imports",
                                "text/csv",
                                () -> bytes("name,email"),
                                null,
                                Set.of(422))),
                json("POST", "/api/v1/member-links", "/api/v1/member-links", "", 200),
                get("/api/v1/job-lanes", "/api/v1/job-lanes", 200),
                get("/api/v1/jobs", "/api/v1/jobs", 200),
                get("/api/v1/jobs/{id}", "/api/v1/jobs/" + UUID.randomUUID(), 404),
                json(
                        "POST",
                        "/api/v1/jobs/{id}/cancel",
                        "/api/v1/jobs/" + UUID.randomUUID() + "/cancel",
                        "",
                        404),
                json(
                        "POST",
                        "/api/v1/jobs/{id}/replay",
                        "/api/v1/jobs/" + UUID.randomUUID() + "/replay",
                        "",
                        404),
                json(
                        "POST",
                        "/api/v1/job-replays",
                        "/api/v1/job-replays",
                        "{\"kind\": \"none\"}",
                        422),
                get("/api/v1/platform/job-lanes", "/api/v1/platform/job-lanes", 200),
                get("/api/v1/platform/jobs", "/api/v1/platform/jobs", 200),
                get(
                        "/api/v1/platform/jobs/{id}",
                        "/api/v1/platform/jobs/" + UUID.randomUUID(),
                        404),
                json(
                        "POST",
                        "/api/v1/platform/jobs/{id}/cancel",
                        "/api/v1/platform/jobs/" + UUID.randomUUID() + "/cancel",
                        "",
                        404),
                json(
                        "POST",
                        "/api/v1/platform/jobs/{id}/replay",
                        "/api/v1/platform/jobs/" + UUID.randomUUID() + "/replay",
                        "",
                        404),
                json(
                        "POST",
                        "/api/v1/platform/job-replays",
                        "/api/v1/platform/job-replays",
                        "{\"kind\": \"none\"}",
                        422),
                get("/api/v1/members", "/api/v1/members", 200),
                json("POST", "/api/v1/members", "/api/v1/members", "{}", 422),
                json(
                        "PATCH",
                        "/api/v1/members/{id}",
                        "/api/v1/members/" + here.member(),
                        "{\"status\": \"active\"}",
                        204),
                json("POST", "/api/v1/organizations", "/api/v1/organizations", "{}", 422),
                get("/api/v1/platform/organizations", "/api/v1/platform/organizations", 200),
                get("/api/v1/platform/users", "/api/v1/platform/users", 200),
                get("/api/v1/announcements", "/api/v1/announcements", 200),
                get("/api/v1/announcements/written", "/api/v1/announcements/written", 200),
                json("POST", "/api/v1/announcements", "/api/v1/announcements", "{}", 422),
                json(
                        "POST",
                        "/api/v1/announcements/{id}/cancel",
                        "/api/v1/announcements/" + UUID.randomUUID() + "/cancel",
                        "",
                        404),
                get("/api/v1/courses/{slug}/announcements", course + "/announcements", 200, 403),
                get(
                        "/api/v1/courses/{slug}/announcements/written",
                        course + "/announcements/written",
                        200),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/announcements",
                        course + "/announcements",
                        "{}",
                        422),
                json(
                        "POST",
                        "/api/v1/courses/{slug}/announcements/{id}/cancel",
                        course + "/announcements/" + UUID.randomUUID() + "/cancel",
                        "",
                        404),
                get("/api/v1/me/notifications", "/api/v1/me/notifications", 200),
                json(
                        "PUT",
                        "/api/v1/me/notifications/{id}",
                        "/api/v1/me/notifications/" + UUID.randomUUID(),
                        "{\"read\": true}",
                        404),
                json(
                        "POST",
                        "/api/v1/me/notifications/read-all",
                        "/api/v1/me/notifications/read-all",
                        "",
                        204),
                json(
                        "POST",
                        "/api/v1/platform/mail-reports",
                        "/api/v1/platform/mail-reports",
                        "{}",
                        422),
                get("/api/v1/platform/webhook-events", "/api/v1/platform/webhook-events", 200),
                get(
                        "/api/v1/platform/webhook-events/{event}",
                        "/api/v1/platform/webhook-events/" + UUID.randomUUID(),
                        404),
                json(
                        "POST",
                        "/api/v1/platform/webhook-events/{event}/replays",
                        "/api/v1/platform/webhook-events/" + UUID.randomUUID() + "/replays",
                        "",
                        404),
                json(
                        "POST",
                        "/api/v1/sessions",
                        "/api/v1/sessions",
                        signIn("{\"email\": \"%s\", \"password\": \"%s\"}"),
                        201),
                // An API token is no session; SignInTest ends one.
                json("DELETE", "/api/v1/sessions/current", "/api/v1/sessions/current", "", 409),
                json("POST", "/api/v1/users", "/api/v1/users", "{}", 422));
    }

    @Test
    void everyRouteStandsInTheTable() {
        assertThat(routes().stream().map(Route::name))
                .containsExactlyInAnyOrderElementsOf(calls().keySet());
    }

    /** A teacher's route that names a course names whom of its staff it is for. */
    @Test
    void everyRouteOfTheStudioSaysForWhomOfTheStaff() {
        assertThat(routes())
                .filteredOn(route -> route.allowed().value() == Who.TEACHER)
                .filteredOn(route -> route.pattern().matches(".*\\{(course|slug)}.*"))
                .hasSizeGreaterThan(20)
                .allSatisfy(route -> assertThat(route.allowed().of()).isIn(STAFF.keySet()));
    }

    @TestFactory
    Stream<DynamicTest> atASchoolARouteAnswersWhomItIsDeclaredFor() {
        return cases(schools.here);
    }

    @TestFactory
    Stream<DynamicTest> onThePlatformARouteAnswersWhomItIsDeclaredFor() {
        return cases(null);
    }

    private Stream<DynamicTest> cases(@Nullable School at) {
        var calls = calls();
        return routes().stream()
                .flatMap(route ->
                        Stream.of(Person.values())
                                .map(person ->
                                        dynamicTest(
                                                route.name() + " by " + person,
                                                () -> check(route, calls, person, at))));
    }

    private void check(Route route, Map<String, Call> calls, Person person, @Nullable School at) {
        var call = call(calls, route);
        var path = call.path().get();
        var body = call.body().get();
        var answer = schools.call(person, at, route.method(), path, call.type(), body);
        var expected = expected(route, call, person, at);
        assertThat(answer.status())
                .as(route.name() + " by " + person + ": " + answer.body())
                .isIn(expected);
        if (expected.equals(Set.of(303)) && !call.answers().contains(303)) {
            assertThat(answer.header("Location")).startsWith("/sign-in?next=");
        }
        // A page must not lead an uninvited caller somewhere else than to the door.
        boolean toTheDoor =
                answer.header("Location").startsWith("/sign-in?next=")
                        || answer.header("Location").startsWith("http");
        if (route.allowed().value() != Who.ANYONE
                && person == Person.ANONYMOUS
                && answer.status() == 303) {
            assertThat(toTheDoor).as(answer.header("Location")).isTrue();
        }
    }

    /** What the route's declaration says of this caller, at a school or (null) on the platform. */
    private Set<Integer> expected(Route route, Call call, Person person, @Nullable School at) {
        var allowed = route.allowed();
        if (at != null && person.ofAnotherSchool()) {
            return Set.of(401);
        }
        boolean fits =
                switch (allowed.on()) {
                    case SCHOOL -> at != null;
                    case PLATFORM -> at == null;
                    case BOTH -> true;
                };
        if (!fits) {
            return Set.of(404);
        }
        if (allowed.value() != Who.ANYONE && person == Person.ANONYMOUS) {
            return Set.of(route.pattern().startsWith("/api/") ? 401 : 303);
        }
        if (!mayEnter(allowed.value(), person)) {
            return Set.of(403);
        }
        var staff = STAFF.get(allowed.of());
        if (staff != null && !TEACHES.contains(person)) {
            return Set.of(404);
        }
        if (staff != null && !staff.contains(person)) {
            return Set.of(403);
        }
        if (call.of() != null && call.of() != person) {
            return Set.of(404);
        }
        return call.answers();
    }

    private static boolean mayEnter(Who who, Person person) {
        return switch (who) {
            case ANYONE, SIGNED_IN -> true;
            case MEMBER -> person == Person.STUDENT || TEACHERS.contains(person);
            case TEACHER -> TEACHERS.contains(person);
            case ADMIN -> person == Person.ADMIN;
            case OWNER -> false;
            case PLATFORM_ADMIN -> person == Person.PLATFORM_ADMIN;
        };
    }

    /** Neither the status nor a letter tells whether another school has it. */
    @TestFactory
    Stream<DynamicTest> whatAnotherSchoolHasIsAsIfItWereNotThere() {
        var calls = calls();
        return routes().stream()
                .filter(route -> route.pattern().contains("{"))
                .flatMap(route ->
                        Stream.of(Person.ANONYMOUS, Person.STUDENT, Person.LEAD, Person.ADMIN)
                                .map(person ->
                                        dynamicTest(
                                                route.name() + " by " + person,
                                                () -> alike(route, call(calls, route), person))));
    }

    private void alike(Route route, Call call, Person person) {
        var there = schools.there;
        var theirs = names(route, there.course(), there.lessonId(), there.sha256(), there.lesson());
        var absent =
                names(
                        route,
                        there.course().replace("there", "nowhr"),
                        UUID.randomUUID(),
                        "0".repeat(64),
                        there.lesson());
        var answers = new ArrayList<Answer>();
        for (var path : List.of(theirs, absent)) {
            answers.add(
                    schools.call(
                            person,
                            schools.here,
                            route.method(),
                            path,
                            call.type(),
                            call.body().get()));
        }
        var first = answers.getFirst();
        assertThat(first.status()).as(first.body()).isEqualTo(answers.getLast().status());
        assertThat(first.status()).isIn(303, 401, 403, 404);
        if (first.status() == 303) {
            assertThat(first.header("Location")).startsWith("/sign-in?next=");
        }
        assertThat(first.body().replace(theirs, "/here"))
                .isEqualTo(answers.getLast().body().replace(absent, "/here"));
    }

    private String names(Route route, String course, UUID id, String sha256, String lesson) {
        var stranger = schools.id(Person.STUDENT_OF_ANOTHER_SCHOOL);
        boolean theirs = course.equals(schools.there.course());
        var path = route.pattern();
        if (path.contains("/members/{id}")) {
            path = path.replace("{id}", "" + (theirs ? stranger : id));
        } else if (path.contains("/tokens/{id}")) {
            path = path.replace("{id}", "" + (theirs ? schools.token(stranger) : id));
        } else if (path.contains("/sessions/{id}")) {
            var session = theirs ? schools.session(Person.STUDENT_OF_ANOTHER_SCHOOL) : null;
            path = path.replace("{id}", "" + (session == null ? id : session.signIn()));
        }
        return path.replace("{course}", course)
                .replace("{slug}", course)
                .replace("{number}", "1")
                .replace("{token}", "none")
                .replace("{kind}", "none")
                .replace("{language}", "en")
                .replace("{source}", "none")
                .replace("{event}", id.toString())
                .replace("{endpoint}", id.toString())
                .replace("{delivery}", id.toString())
                .replace("{post}", id.toString())
                .replace("{order}", id.toString())
                .replace("{offer}", id.toString())
                .replace("{coupon}", id.toString())
                .replace("{seat}", id.toString())
                .replace("{mismatch}", "owed." + id + "." + id)
                .replace("{lessonId}", id.toString())
                .replace("{id}", id.toString())
                .replace("{person}", id.toString())
                .replace("{lesson}", lesson)
                .replace("{sha256:[0-9a-f]{64}}", sha256)
                .replace("{width:[0-9]{1,5}}", "720")
                .replace("{name}", "p.png");
    }

    @Test
    void aBatchKeepsNothingOfAnotherSchool() {
        var body =
                ("{\"items\": [{\"lessonId\": \"%s\", \"status\": \"completed\"},"
                                + " {\"lessonId\": \"%s\", \"status\": \"completed\"}]}")
                        .formatted(schools.there.lessonId(), UUID.randomUUID());
        var answer =
                schools.call(
                        Person.STUDENT,
                        schools.here,
                        "POST",
                        "/api/v1/me/progress-batches",
                        JSON,
                        bytes(body));
        var items = answer.json().get("items");
        assertThat(items.get(0).get("kept").asBoolean()).isFalse();
        assertThat(items.get(1).get("kept").asBoolean()).isFalse();
        assertThat(items.get(0).get("problem")).isEqualTo(items.get(1).get("problem"));
    }

    /** A forged request can ride on a cookie; it cannot know the token. */
    @TestFactory
    Stream<DynamicTest> whatRidesOnACookieNeedsTheTokenOfThePage() {
        var calls = calls();
        return routes().stream()
                .filter(route -> !route.method().equals("GET"))
                .filter(route -> !route.pattern().equals("/language"))
                .filter(route -> !route.pattern().startsWith("/unsubscribe/"))
                // Its callers have no cookie here, and sign what they send.
                .filter(route -> !route.pattern().startsWith("/api/webhooks/"))
                .map(route -> dynamicTest(route.name(), () -> forged(route, call(calls, route))));
    }

    private void forged(Route route, Call call) {
        var at = route.allowed().on() == Allowed.Site.PLATFORM ? null : schools.here;
        var headers = new java.util.HashMap<String, String>();
        headers.put("Cookie", "stoa=" + schools.session(Person.ADMIN).secret());
        if (call.type() != null) {
            headers.put("Content-Type", call.type());
        }
        var path = call.path().get();
        var body = call.body().get();
        assertThat(schools.send(at, route.method(), path, headers, body).status()).isEqualTo(403);
        headers.put("X-XSRF-TOKEN", "guessed");
        assertThat(schools.send(at, route.method(), path, headers, body).status()).isEqualTo(403);
        headers.put("Cookie", headers.get("Cookie") + "; XSRF-TOKEN=another");
        assertThat(schools.send(at, route.method(), path, headers, body).status()).isEqualTo(403);
    }

    /** It stands on pages that have no token, being the same for everyone. */
    @Test
    void theLanguageIsChosenFromOurOwnPagesOnly() {
        var headers = new java.util.HashMap<String, String>();
        headers.put("Cookie", "stoa=" + schools.session(Person.STUDENT).secret());
        headers.put("Content-Type", FORM);
        for (var origin : List.of("https://elsewhere.example", "null", "http://other.localhost")) {
            headers.put("Origin", origin);
            var answer =
                    schools.send(schools.here, "POST", "/language", headers, bytes("language=es"));
            assertThat(answer.status()).as(origin).isEqualTo(403);
        }
    }

    @Test
    void aFormWithTheTokenOfItsPagePasses() {
        var cookie = "stoa=" + schools.session(Person.STUDENT).secret() + "; XSRF-TOKEN=fits";
        var path = "/courses/" + schools.here.course() + "/join";
        var answer =
                schools.send(
                        schools.here,
                        "POST",
                        path,
                        Map.of("Cookie", cookie, "X-XSRF-TOKEN", "fits", "Content-Type", FORM),
                        new byte[0]);
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    }

    /**
     * Kept pages are answered before the filters; a token that means nothing is refused there too.
     */
    @Test
    void aTokenOfAnotherSchoolMeansNothingOnAPageThatIsKept() {
        var path = "/courses/" + schools.here.course();
        for (int i = 0; i < 3; i++) {
            assertThat(
                            schools.call(Person.ANONYMOUS, schools.here, "GET", path, null, null)
                                    .status())
                    .isEqualTo(200);
            assertThat(
                            schools.call(
                                            Person.ADMIN_OF_ANOTHER_SCHOOL,
                                            schools.here,
                                            "GET",
                                            path,
                                            null,
                                            null)
                                    .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aSessionOfOneHostMeansNothingAtAnother() {
        var cookie = Map.of("Cookie", "stoa=" + schools.session(Person.STUDENT).secret());
        assertThat(schools.send(schools.here, "GET", "/learn", cookie, null).status())
                .isEqualTo(200);
        assertThat(schools.send(schools.there, "GET", "/learn", cookie, null).status())
                .isEqualTo(303);
        assertThat(schools.send(null, "GET", "/schools", cookie, null).status()).isEqualTo(303);
    }

    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        mapping.getHandlerMethods()
                .forEach((info, method) -> {
                    var allowed = method.getMethodAnnotation(Allowed.class);
                    boolean ours = method.getBeanType().getPackageName().startsWith("org.stoa");
                    if (!ours || allowed == null) {
                        return;
                    }
                    for (var pattern : info.getPatternValues()) {
                        for (var verb : info.getMethodsCondition().getMethods()) {
                            routes.add(
                                    new Route(verb + " " + pattern, "" + verb, pattern, allowed));
                        }
                    }
                });
        routes.sort(java.util.Comparator.comparing(Route::name));
        return routes;
    }

    private static Call call(Map<String, Call> calls, Route route) {
        return Objects.requireNonNull(
                calls.get(route.name()), () -> "No entry in the table for " + route.name());
    }

    private UUID session() {
        return schools.session(Person.STUDENT).signIn();
    }

    private UUID token() {
        return schools.token(schools.id(Person.STUDENT));
    }

    private String signIn(String form) {
        return form.formatted(schools.here.ownerEmail(), TwoSchools.PASSWORD);
    }

    private static Map.Entry<String, Call> get(String pattern, String path, Integer... answers) {
        return entry(
                "GET " + pattern,
                new Call(() -> path, null, () -> new byte[0], null, Set.of(answers)));
    }

    private static Map.Entry<String, Call> form(
            String pattern, String path, String body, Integer... answers) {
        return entry(
                "POST " + pattern,
                new Call(() -> path, FORM, () -> bytes(body), null, Set.of(answers)));
    }

    private static Map.Entry<String, Call> json(
            String method, String pattern, String path, String body, Integer... answers) {
        return entry(
                method + " " + pattern,
                new Call(() -> path, JSON, () -> bytes(body), null, Set.of(answers)));
    }

    /** A call that names an object of the student's own. */
    private static Map.Entry<String, Call> own(
            String name, Supplier<String> path, Integer... answers) {
        return entry(
                name, new Call(path, FORM, () -> new byte[0], Person.STUDENT, Set.of(answers)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
