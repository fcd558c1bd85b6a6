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
                get("/account", "/account", 200),
                get("/admin/members", "/admin/members", 200),
                get("/admin/school", "/admin/school", 200),
                get("/api", "/api", 200),
                get("/courses", "/courses", 200),
                get("/courses/{slug}", "/courses/" + here.course(), 200),
                get("/courses/{course}/join", "/courses/" + here.course() + "/join", 303),
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
                get(
                        "/studio/{course}/lessons/{id}",
                        "/studio/" + here.course() + "/lessons/" + here.lessonId(),
                        200),
                get(
                        "/studio/{course}/lessons/{id}/versions",
                        "/studio/" + here.course() + "/lessons/" + here.lessonId() + "/versions",
                        200),
                get("/studio/{course}/export", "/studio/" + here.course() + "/export", 200),
                get("/styleguide", "/styleguide", 200));
    }

    private Map<String, Call> forms(School here) {
        var member = here.member();
        return Map.ofEntries(
                form("/account", "/account", "name=Somebody", 303),
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
                form("/admin/members", "/admin/members", "name=&email=", 422),
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
                // Leaving for good would take their places from the other calls; LearnTest leaves.
                form("/courses/{course}/leave", "/courses/no-such-course/leave", "", 404),
                form(
                        "/learn/{course}/{lesson}/done",
                        "/learn/" + here.course() + "/" + here.lesson() + "/done",
                        "",
                        303),
                form("/sign-in", "/sign-in", signIn("email=%s&password=%s"), 303),
                form("/sign-out", "/sign-out", "", 303),
                form("/sign-up", "/sign-up", "name=&email=&password=", 422),
                form("/start", "/start", "name=", 422),
                form("/studio/import", "/studio/import", "", 422),
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
                form(
                        "/studio/{course}/lessons/{id}/versions",
                        "/studio/" + here.course() + "/lessons/" + here.lessonId() + "/versions",
                        "version=1000000&seen=1",
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
                get("/api/v1/courses/{slug}/releases", course + "/releases", 200),
                json(
                        "DELETE",
                        "/api/v1/courses/{slug}/releases/{number}",
                        course + "/releases/99",
                        "",
                        404),
                json("POST", "/api/v1/courses/{slug}/releases", course + "/releases", "{}", 200),
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
                get("/api/v1/courses/{slug}/checks", course + "/checks", 200),
                get("/api/v1/courses/{slug}/outline", course + "/outline", 200),
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
                get("/api/v1/me/sessions", "/api/v1/me/sessions", 200),
                json("DELETE", "/api/v1/me/sessions", "/api/v1/me/sessions", "", 204),
                own(
                        "DELETE /api/v1/me/sessions/{id}",
                        () -> "/api/v1/me/sessions/" + session(),
                        204),
                get("/api/v1/me/tokens", "/api/v1/me/tokens", 200),
                json("POST", "/api/v1/me/tokens", "/api/v1/me/tokens", "{\"name\": \"T\"}", 201),
                own("DELETE /api/v1/me/tokens/{id}", () -> "/api/v1/me/tokens/" + token(), 204),
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
        boolean authors = allowed.of() != Ownership.Open.class;
        if (authors && person != Person.AUTHOR && person != Person.ADMIN) {
            return Set.of(404);
        }
        if (call.of() != null && call.of() != person) {
            return Set.of(404);
        }
        return call.answers();
    }

    private static boolean mayEnter(Who who, Person person) {
        return switch (who) {
            case ANYONE, SIGNED_IN -> true;
            case MEMBER ->
                    Set.of(Person.STUDENT, Person.AUTHOR, Person.ANOTHER_TEACHER, Person.ADMIN)
                            .contains(person);
            case TEACHER ->
                    Set.of(Person.AUTHOR, Person.ANOTHER_TEACHER, Person.ADMIN).contains(person);
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
                        Stream.of(Person.ANONYMOUS, Person.STUDENT, Person.AUTHOR, Person.ADMIN)
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
                .replace("{lessonId}", id.toString())
                .replace("{id}", id.toString())
                .replace("{lesson}", lesson)
                .replace("{sha256:[0-9a-f]{64}}", sha256)
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
