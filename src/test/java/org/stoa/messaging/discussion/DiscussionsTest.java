package org.stoa.messaging.discussion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.messaging.Classroom;
import org.stoa.messaging.Classroom.Someone;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor.Answer;

/** Those who learn and teach a course talk about its lessons, and nobody else. */
@StoaTest
class DiscussionsTest {
    private static final String COURSE = "/api/v1/courses/knots";

    @LocalServerPort private int port;
    private @Nullable Classroom room;

    @BeforeEach
    void aClassroom() {
        room = new Classroom(port);
    }

    @Test
    void onlyWhoIsInTheCourseReads() {
        var it = room();
        var asked = ask(it.ann, "Which end goes first?");
        for (var who : List.of(it.ann, it.sam, it.lead, it.assistant, it.reviewer, it.admin)) {
            var read = questions(who);
            assertThat(read.status()).as(who.name()).isEqualTo(200);
            assertThat(read.text("items.0.question.text")).isEqualTo("Which end goes first?");
            assertThat(read.text("items.0.question.author.name")).isEqualTo("Ann Berg");
        }
        for (var who : List.of(it.outsider, it.otherTeacher)) {
            for (var path :
                    List.of(list(it.bowline), list("00000000-0000-0000-0000-000000000000"))) {
                var refused = it.call(who, "GET", path, null);
                assertThat(refused.status()).as(who.name()).isEqualTo(404);
                assertThat(refused.text("detail"))
                        .isEqualTo("There is nothing here for you to read.");
            }
            var write = Map.of("text", "Me too");
            assertThat(it.call(who, "POST", list(it.bowline), write).status()).isEqualTo(404);
            assertThat(it.call(who, "POST", post(asked, "/answers"), write).status())
                    .isEqualTo(404);
            assertThat(it.call(who, "POST", post(asked, "/reports"), Map.of("why", "W")).status())
                    .isEqualTo(404);
            assertThat(it.browser(who, port).open(it.school, page("bowline")).status())
                    .isEqualTo(404);
        }
        assertThat(it.call(it.elsewhere, "GET", list(it.bowline), null).status()).isEqualTo(401);
        // Who gives their place up reads no more.
        assertThat(it.call(it.sam, "DELETE", "/api/v1/me/enrollments/knots", null).status())
                .isEqualTo(204);
        assertThat(questions(it.sam).status()).isEqualTo(404);
    }

    @Test
    void aReviewerReadsAndDoesNotWrite() {
        var it = room();
        var asked = ask(it.ann, "Why?");
        var write = Map.of("text", "Because.");
        assertThat(it.call(it.reviewer, "POST", list(it.bowline), write).status()).isEqualTo(403);
        assertThat(it.call(it.reviewer, "POST", post(asked, "/answers"), write).status())
                .isEqualTo(403);
        assertThat(hide(it.reviewer, asked, true).status()).isEqualTo(403);
        assertThat(it.call(it.reviewer, "GET", COURSE + "/discussion-reports", null).status())
                .isEqualTo(403);
    }

    @Test
    void aLockedLessonsDiscussionIsShut() {
        var it = room();
        var asked = it.call(it.lead, "POST", list(it.reef), Map.of("text", "For later"));
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        for (var path : List.of(list(it.reef), post(asked.text("id"), "/answers"))) {
            var method = path.endsWith("answers") ? "POST" : "GET";
            var body = method.equals("POST") ? Map.of("text", "Me") : null;
            var refused = it.call(it.ann, method, path, body);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.body()).doesNotContain("For later").contains("Reef knot");
        }
        var mark = "/api/v1/me/lessons/" + it.bowline + "/progress";
        it.call(it.ann, "PUT", mark, Map.of("status", "completed"));
        assertThat(it.call(it.ann, "GET", list(it.reef), null).body()).contains("For later");
        assertThat(it.call(it.sam, "GET", list(it.reef), null).status()).isEqualTo(403);
    }

    @Test
    void askingAnsweringAndNamingTellsWhomItConcerns() {
        var it = room();
        var asked = ask(it.ann, "Does @sam sand know? Or @Nobody Here, or x@asa assistant?");
        assertThat(told(it.lead, "asked")).contains("Ann Berg", "Bowline");
        assertThat(told(it.assistant, "asked")).contains("Ann Berg");
        assertThat(told(it.sam, "mentioned")).contains("Ann Berg", "Bowline");
        assertThat(questions(it.ann).text("items.0.question.html"))
                .contains("<span class=\"mention\">&#64;sam sand</span>");
        var answer = Map.of("text", "The short one, `@Otto Other`. @Otto Other and @Ann, look.");
        assertThat(it.call(it.sam, "POST", post(asked, "/answers"), answer).status())
                .isEqualTo(201);
        // She is named, and told of it once.
        assertThat(told(it.ann, "mentioned")).contains("Sam Sand");
        var further = Map.of("text", "Or the long one.");
        it.call(it.lead, "POST", post(asked, "/answers"), further);
        assertThat(told(it.ann, "answered")).contains("Lena Lead");
        assertThat(kinds(it.otherTeacher)).isEmpty();
        assertThat(kinds(it.reviewer)).isEmpty();
        assertThat(kinds(it.lead)).containsOnly("asked");
        assertThat(kinds(it.ann).stream().filter(k -> k.equals("answered"))).hasSize(1);
        // Where it leads, it stands.
        var path = it.call(it.ann, "GET", "/api/v1/me/notifications", null).text("items.0.path");
        var page = it.browser(it.ann, port).open(it.school, path.replaceAll("#.*", ""));
        assertThat(page.body())
                .contains("Or the long one.", "id=\"" + path.split("#", 2)[1] + "\"");
    }

    @Test
    void oneChangesAndRemovesOnesOwnAndNobodyElses() {
        var it = room();
        var asked = ask(it.ann, "Which rope?");
        for (var who : List.of(it.sam, it.lead, it.admin)) {
            assertThat(it.call(who, "PATCH", post(asked, ""), Map.of("text", "Mine")).status())
                    .isEqualTo(403);
            assertThat(it.call(who, "DELETE", post(asked, ""), null).status()).isEqualTo(403);
        }
        assertThat(it.call(it.ann, "PATCH", post(asked, ""), Map.of("text", "What rope?")).status())
                .isEqualTo(204);
        var read = questions(it.sam);
        assertThat(read.text("items.0.question.text")).isEqualTo("What rope?");
        assertThat(read.text("items.0.question.edited")).isEqualTo("true");
        for (int i = 0; i < 2; i++) {
            assertThat(it.call(it.ann, "DELETE", post(asked, ""), null).status()).isEqualTo(204);
        }
        for (var who : List.of(it.ann, it.sam, it.admin)) {
            assertThat(questions(who).text("items.0.question.state")).isEqualTo("removed");
            assertThat(questions(who).body()).doesNotContain("rope");
        }
        assertThat(it.call(it.ann, "PATCH", post(asked, ""), Map.of("text", "Again")).status())
                .isEqualTo(409);
        assertThat(it.browser(it.sam, port).open(it.school, page("bowline")).body())
                .contains("Removed by whoever wrote it.");
    }

    @Test
    void aQuestionIsResolvedByItsAskerOrStaff() {
        var it = room();
        var asked = ask(it.ann, "Is it done?");
        var yes = Map.of("resolved", true);
        assertThat(it.call(it.sam, "PUT", post(asked, "/resolved"), yes).status()).isEqualTo(403);
        assertThat(it.call(it.ann, "PUT", post(asked, "/resolved"), yes).status()).isEqualTo(204);
        assertThat(questions(it.sam).text("items.0.resolved")).isEqualTo("true");
        var no = Map.of("resolved", false);
        assertThat(it.call(it.assistant, "PUT", post(asked, "/resolved"), no).status())
                .isEqualTo(204);
        assertThat(questions(it.sam).text("items.0.resolved")).isEqualTo("false");
    }

    @Test
    void whatIsReportedIsLookedAfter() {
        var it = room();
        var asked = ask(it.ann, "Buy ropes here");
        var why = Map.of("why", "An advertisement");
        assertThat(it.call(it.ann, "POST", post(asked, "/reports"), why).status()).isEqualTo(409);
        assertThat(it.call(it.sam, "POST", post(asked, "/reports"), Map.of("why", " ")).status())
                .isEqualTo(422);
        assertThat(it.call(it.sam, "POST", post(asked, "/reports"), why).status()).isEqualTo(204);
        assertThat(it.call(it.sam, "POST", post(asked, "/reports"), why).status()).isEqualTo(409);
        assertThat(told(it.lead, "reported")).contains("Ann Berg");
        assertThat(reported(it.assistant).text("items.0.reasons.0")).isEqualTo("An advertisement");
        assertThat(it.call(it.sam, "GET", COURSE + "/discussion-reports", null).status())
                .isEqualTo(403);
        assertThat(it.call(it.otherTeacher, "GET", COURSE + "/discussion-reports", null).status())
                .isEqualTo(404);
        assertThat(hide(it.sam, asked, true).status()).isEqualTo(403);
        assertThat(hide(it.assistant, asked, true).status()).isEqualTo(204);
        assertThat(reported(it.lead).json().path("items").size()).isZero();
        assertThat(questions(it.sam).text("items.0.question.text")).isEmpty();
        assertThat(questions(it.sam).text("items.0.question.state")).isEqualTo("hidden");
        assertThat(questions(it.reviewer).text("items.0.question.text")).isEmpty();
        assertThat(questions(it.ann).text("items.0.question.text")).isEqualTo("Buy ropes here");
        assertThat(questions(it.lead).text("items.0.question.text")).isEqualTo("Buy ropes here");
        assertThat(hide(it.lead, asked, false).status()).isEqualTo(204);
        assertThat(questions(it.sam).text("items.0.question.text")).isEqualTo("Buy ropes here");
        var answered = it.call(it.sam, "POST", post(asked, "/answers"), Map.of("text", "No"));
        var answer = answered.text("id");
        it.call(it.ann, "POST", post(answer, "/reports"), Map.of("why", "Rude"));
        assertThat(it.call(it.lead, "DELETE", post(answer, "/reports"), null).status())
                .isEqualTo(204);
        assertThat(reported(it.lead).json().path("items").size()).isZero();
        assertThat(questions(it.ann).text("items.0.answers.0.text")).isEqualTo("No");
    }

    @Test
    void aClosedQuestionTakesNoAnswers() {
        var it = room();
        var asked = ask(it.ann, "Again?");
        var locked = Map.of("locked", true);
        assertThat(it.call(it.sam, "PUT", post(asked, "/locked"), locked).status()).isEqualTo(403);
        assertThat(it.call(it.admin, "PUT", post(asked, "/locked"), locked).status())
                .isEqualTo(204);
        var refused = it.call(it.sam, "POST", post(asked, "/answers"), Map.of("text", "Yes"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("detail")).contains("closed");
        it.call(it.lead, "PUT", post(asked, "/locked"), Map.of("locked", false));
        assertThat(it.call(it.sam, "POST", post(asked, "/answers"), Map.of("text", "Yes")).status())
                .isEqualTo(201);
    }

    @Test
    void whoWritesTooMuchWaitsAndLosesNothing() {
        var it = room();
        for (int i = 0; i < 20; i++) {
            ask(it.ann, "Question " + i);
        }
        var refused = it.call(it.ann, "POST", list(it.bowline), Map.of("text", "One more"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(refused.header("RateLimit")).contains("discussion");
        assertThat(refused.text("detail")).contains("Nothing is lost");
        var page =
                it.browser(it.ann, port)
                        .submit(it.school, page("bowline"), Map.of("text", "One more word"));
        assertThat(page.status()).isEqualTo(429);
        assertThat(page.body()).contains("One more word</textarea>", "Nothing is lost");
        ask(it.sam, "Mine");
        // The lists are paged.
        var first = it.call(it.sam, "GET", list(it.bowline) + "?limit=15", null);
        assertThat(first.json().path("items").size()).isEqualTo(15);
        var next = "?limit=15&cursor=" + first.text("nextCursor");
        assertThat(
                        it.call(it.sam, "GET", list(it.bowline) + next, null)
                                .json()
                                .path("items")
                                .size())
                .isEqualTo(6);
    }

    @Test
    void whatCannotBeTakenIsSaid() {
        var it = room();
        var texts =
                Map.of(
                        "",
                        "Write something",
                        " \n ",
                        "Write something",
                        "x".repeat(5_001),
                        "5,000");
        texts.forEach((text, words) -> {
            var refused = it.call(it.ann, "POST", list(it.bowline), Map.of("text", text));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text("errors.0.field")).isEqualTo("text");
            assertThat(refused.text("errors.0.message")).contains(words);
        });
        var kept = ask(it.ann, "a\u0000b \uD800");
        assertThat(kept).isNotEmpty();
        assertThat(it.call(it.ann, "GET", list(it.bowline) + "?cursor=x", null).status())
                .isEqualTo(422);
    }

    @Test
    void everythingWorksByFormsAlone() {
        var it = room();
        var ann = it.browser(it.ann, port);
        var page = page("bowline");
        assertThat(ann.submit(it.school, page, Map.of("text", "*Which* end?")).body())
                .contains("<em>Which</em> end?");
        var asked = questions(it.ann).text("items.0.id");
        var sam = it.browser(it.sam, port);
        assertThat(
                        sam.submit(
                                        it.school,
                                        page + "/" + asked + "/answers",
                                        Map.of("text", "Both."))
                                .body())
                .contains("Both.");
        assertThat(
                        sam.submit(it.school, page + "/" + asked + "/report", Map.of("why", "Hm"))
                                .body())
                .contains("You reported this");
        assertThat(
                        ann.submit(
                                        it.school,
                                        page + "/" + asked + "/resolved",
                                        Map.of("resolved", "true"))
                                .body())
                .contains("Not answered yet");
        var lead = it.browser(it.lead, port);
        assertThat(lead.open(it.school, "/studio/knots/discussion").body())
                .contains("<em>Which</em> end?", "Hm");
        assertThat(
                        lead.submit(
                                        it.school,
                                        "/studio/knots/discussion/" + asked + "/hidden",
                                        Map.of("hidden", "true"))
                                .body())
                .contains("It is hidden", "Nothing is reported");
        assertThat(sam.open(it.school, page).body())
                .contains("Hidden by those who look after the course.")
                .doesNotContain("Which</em>");
        assertThat(ann.submit(it.school, page + "/" + asked + "/remove", Map.of()).body())
                .contains("Removed by whoever wrote it.");
        assertThat(sam.open(it.school, "/fragments/discussion/knots/bowline").body())
                .contains("Both.")
                .doesNotContain("<html");
    }

    private Classroom room() {
        return java.util.Objects.requireNonNull(room);
    }

    private String ask(Someone who, String text) {
        var asked = room().call(who, "POST", list(room().bowline), Map.of("text", text));
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        return asked.text("id");
    }

    private Answer questions(Someone who) {
        return room().call(who, "GET", list(room().bowline), null);
    }

    private Answer hide(Someone who, String post, boolean hidden) {
        return room().call(who, "PUT", post(post, "/hidden"), Map.of("hidden", hidden));
    }

    private Answer reported(Someone who) {
        return room().call(who, "GET", COURSE + "/discussion-reports", null);
    }

    /** Waits until they are told of something of this kind, and says the words. */
    private String told(Someone who, String kind) {
        return await().pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            var told = room().call(who, "GET", "/api/v1/me/notifications", null);
                            for (var one : told.json().path("items")) {
                                if (one.path("kind").asString().equals(kind)) {
                                    return one.path("words").asString();
                                }
                            }
                            return "";
                        },
                        words -> !words.isEmpty());
    }

    /** Of what somebody was told of the discussion. */
    private List<String> kinds(Someone who) {
        return room()
                .call(who, "GET", "/api/v1/me/notifications", null)
                .json()
                .findValuesAsString("kind")
                .stream()
                .filter(it -> !it.equals("enrolled") && !it.equals("released"))
                .toList();
    }

    private static String list(String lesson) {
        return COURSE + "/lessons/" + lesson + "/discussion";
    }

    private static String post(String post, String rest) {
        return COURSE + "/discussion/" + post + rest;
    }

    private static String page(String lesson) {
        return "/learn/knots/" + lesson + "/discussion";
    }
}
