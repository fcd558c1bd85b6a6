package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stoa.browser.Halden.Someone;
import org.stoa.inbox.Sender;

/**
 * Every page, narrow and wide, light and dark: open to everybody by WCAG 2.2 AA as far as a program
 * can tell, never wider than the screen, nothing on the console. Pictures of all of them stand
 * under {@code target/screens} afterwards, to be looked at, if all are asked for.
 */
class EveryPageAccessibleTest extends BrowserTest {

    /** The pages whose pictures are compared with approved ones. */
    private static final java.util.concurrent.atomic.AtomicBoolean ANNOUNCED =
            new java.util.concurrent.atomic.AtomicBoolean();

    private static final Set<String> COMPARED =
            Set.of(
                    "welcome",
                    "start",
                    "catalog",
                    "catalog-search",
                    "course",
                    "course-learner",
                    "player",
                    "learning",
                    "sign-in",
                    "sign-up",
                    "studio",
                    "draft",
                    "lesson-editor",
                    "styleguide",
                    "nothing-here");

    private static final Map<String, String> SIGNED_IN = new HashMap<>();

    enum Who {
        NOBODY,
        BEGINNER,
        LEARNER,
        OWNER
    }

    /** A page and who looks at it. */
    record Sight(String name, boolean platform, Who who, String path) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** All, or those of which {@code -Dstoa.sights} names some. */
    static Stream<Sight> sights() {
        var named = System.getProperty("stoa.sights", "");
        return all().filter(
                        one -> named.isEmpty() || List.of(named.split(",")).contains(one.name()));
    }

    private static Stream<Sight> all() {
        var player = "/learn/" + Halden.IOT;
        return Stream.of(
                new Sight("welcome", true, Who.NOBODY, "/"),
                new Sight("start", true, Who.NOBODY, "/start"),
                new Sight("platform-sign-in", true, Who.NOBODY, "/sign-in"),
                new Sight("schools", true, Who.OWNER, "/schools"),
                new Sight("catalog", false, Who.NOBODY, "/courses"),
                new Sight("catalog-learner", false, Who.LEARNER, "/courses"),
                new Sight("catalog-filtered", false, Who.NOBODY, "/courses?q=rope"),
                new Sight("catalog-search", false, Who.NOBODY, "/courses"),
                new Sight("course", false, Who.NOBODY, "/courses/" + Halden.IOT),
                new Sight("course-learner", false, Who.LEARNER, "/courses/" + Halden.IOT),
                new Sight("join", false, Who.BEGINNER, "/courses/knots/join"),
                new Sight("player", false, Who.LEARNER, player),
                new Sight("player-first", false, Who.LEARNER, player + "/introduction-to-iot"),
                new Sight("player-small", false, Who.LEARNER, "/learn/counting-birds"),
                new Sight("learning", false, Who.LEARNER, "/learn"),
                new Sight("learning-empty", false, Who.BEGINNER, "/learn"),
                new Sight("sign-in", false, Who.NOBODY, "/sign-in"),
                new Sight("sign-up", false, Who.NOBODY, "/sign-up"),
                new Sight("account", false, Who.OWNER, "/account"),
                new Sight("forgot", false, Who.NOBODY, "/forgot"),
                new Sight("forgot-sent", false, Who.NOBODY, "/forgot"),
                new Sight("change-address", false, Who.OWNER, "/account/email"),
                new Sight("mailbox", false, Who.OWNER, "/admin/mailbox"),
                new Sight("mail", false, Who.OWNER, "/admin/mailbox"),
                new Sight("mail-templates", false, Who.OWNER, "/admin/mail-templates"),
                new Sight("mail-template", false, Who.OWNER, "/admin/mail-templates/welcome/en"),
                new Sight("discussion", false, Who.LEARNER, "/learn/knots/SLUG/discussion"),
                new Sight("reported", false, Who.OWNER, "/studio/knots/discussion"),
                new Sight("conversations", false, Who.LEARNER, "/messages"),
                new Sight("conversation", false, Who.LEARNER, "/messages/knots"),
                new Sight("notifications", false, Who.LEARNER, "/notifications"),
                new Sight("messages", false, Who.LEARNER, "/account/messages"),
                new Sight("announce", false, Who.OWNER, "/studio/knots/announcements"),
                new Sight("announce-preview", false, Who.OWNER, "/studio/knots/announcements"),
                new Sight("announce-school", false, Who.OWNER, "/admin/announcements"),
                new Sight("board", false, Who.OWNER, "/learn/knots/announcements"),
                new Sight("board-school", false, Who.LEARNER, "/announcements"),
                new Sight("studio", false, Who.OWNER, "/studio"),
                new Sight("import", false, Who.OWNER, "/studio/import"),
                new Sight("imported", false, Who.OWNER, "/studio/import"),
                new Sight("draft", false, Who.OWNER, "/studio/" + Halden.IOT),
                new Sight("outline-changes", false, Who.OWNER, "/studio/knots/history"),
                new Sight("publish", false, Who.OWNER, "/studio/" + Halden.IOT + "/publish"),
                new Sight("releases", false, Who.OWNER, "/studio/" + Halden.IOT + "/releases"),
                new Sight(
                        "withdraw",
                        false,
                        Who.OWNER,
                        "/studio/" + Halden.IOT + "/releases/1/withdraw"),
                new Sight("new-course", false, Who.OWNER, "/studio/new"),
                new Sight("share-lesson", false, Who.OWNER, "/studio/knots/share?q=rope"),
                new Sight("lesson-editor", false, Who.OWNER, "/studio/knots/lessons/LESSON"),
                new Sight(
                        "versions",
                        false,
                        Who.OWNER,
                        "/studio/knots/lessons/LESSON/versions?version=1"),
                new Sight("lesson-rules", false, Who.OWNER, "/studio/knots/lessons/LESSON/rules"),
                new Sight("access", false, Who.OWNER, "/studio/knots/access"),
                new Sight("preview", false, Who.OWNER, "/studio/knots/preview"),
                new Sight("preview-lesson", false, Who.OWNER, "/studio/knots/preview/SLUG"),
                new Sight(
                        "preview-locked",
                        false,
                        Who.OWNER,
                        "/studio/knots/preview/SLUG?as=visitor"),
                new Sight("members", false, Who.OWNER, "/admin/members"),
                new Sight("course-people", false, Who.OWNER, "/studio/knots/people"),
                new Sight(
                        "course-learners", false, Who.OWNER, "/studio/" + Halden.IOT + "/learners"),
                new Sight("course-facts", false, Who.OWNER, "/studio/knots/facts"),
                new Sight("categories", false, Who.OWNER, "/admin/categories"),
                new Sight("invitations", false, Who.OWNER, "/admin/invitations"),
                new Sight("invited", false, Who.NOBODY, "/invited/TOKEN"),
                new Sight("invited-signed-in", false, Who.LEARNER, "/invited/TOKEN"),
                new Sight("member-import", false, Who.OWNER, "/admin/members/import"),
                new Sight("member-import-report", false, Who.OWNER, "/admin/members/import"),
                new Sight("member-import-wrong", false, Who.OWNER, "/admin/members/import"),
                new Sight("settings", false, Who.OWNER, "/admin/school"),
                new Sight("sales-empty", false, Who.OWNER, "/admin/sales"),
                new Sight("sales-none-found", false, Who.OWNER, "/admin/sales?q=nothing"),
                new Sight("subscriptions-empty", false, Who.OWNER, "/admin/sales/subscriptions"),
                new Sight("payouts-test", false, Who.OWNER, "/admin/sales/payouts"),
                new Sight("payments", false, Who.OWNER, "/admin/payments"),
                new Sight("billing", false, Who.OWNER, "/admin/sales/billing"),
                new Sight("offers-empty", false, Who.OWNER, "/admin/offers"),
                new Sight("offer-new", false, Who.OWNER, "/admin/offers/new"),
                new Sight("coupons-empty", false, Who.OWNER, "/admin/coupons"),
                new Sight("coupon-new", false, Who.OWNER, "/admin/coupons/new"),
                new Sight("course-offers-none", false, Who.LEARNER, "/courses/knots/offers"),
                new Sight("price-free", false, Who.OWNER, "/studio/knots/price"),
                new Sight("orders-empty", false, Who.LEARNER, "/orders"),
                new Sight("jobs", false, Who.OWNER, "/admin/jobs?state=done"),
                new Sight("jobs-none", false, Who.OWNER, "/admin/jobs?span=day"),
                new Sight("job", false, Who.OWNER, "/admin/jobs/JOB"),
                new Sight("export", false, Who.OWNER, "/admin/export"),
                new Sight("webhooks", false, Who.OWNER, "/admin/webhooks/sources"),
                new Sight("webhook", false, Who.OWNER, "/admin/webhooks/sources"),
                new Sight("webhook-sources", false, Who.OWNER, "/admin/webhooks/sources"),
                new Sight("endpoints", false, Who.OWNER, "/admin/endpoints"),
                new Sight("leave", false, Who.LEARNER, "/courses/knots/leave"),
                new Sight(
                        "sign-up-to-join", false, Who.NOBODY, "/sign-up?next=/courses/knots/join"),
                new Sight("api", false, Who.OWNER, "/api"),
                new Sight("styleguide", false, Who.NOBODY, "/styleguide"),
                new Sight("nothing-here", false, Who.NOBODY, "/courses/nothing-here"));
    }

    private static final Pattern WHO_AM_I = Pattern.compile("^GET\\s*/api/v1/me(?![/a-z])");

    @ParameterizedTest
    @MethodSource("sights")
    void isOpenToEverybody(Sight sight) {
        var page = visitor(this, sight);
        for (int width : new int[] {WIDE, NARROW}) {
            page.setViewportSize(width, width == WIDE ? 900 : 844);
            page.navigate((sight.platform() ? platform() : halden().site()) + path(this, sight));
            settle(page);
            prepare(sight, page);
            for (var theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new EmulateMediaOptions().setColorScheme(theme));
                look(sight, page, width, theme);
            }
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
    }

    /** Something to read on the pages of announcements, and one that waits for its time. */
    private static void announce(Halden school) {
        if (!ANNOUNCED.compareAndSet(false, true)) {
            return;
        }
        var friday =
                Map.of(
                        "title",
                        "No class on Friday",
                        "text",
                        "The harbour is **closed** for the regatta. We meet again on Monday:\n\n"
                                + "- bring your own rope, three metres at least\n"
                                + "- read [the rules of the harbour](https://harbour.example)\n\n"
                                + "> Whoever is late ties the boats up.");
        var later =
                Map.of(
                        "title",
                        "The examination",
                        "text",
                        "It is in the old boathouse.",
                        "at",
                        java.time.Instant.now().plus(java.time.Duration.ofDays(30)).toString());
        for (var path : List.of("/api/v1/courses/knots/announcements", "/api/v1/announcements")) {
            school.as(school.owner, "POST", path, friday);
            school.as(school.owner, "POST", path, later);
        }
        var read = "/api/v1/courses/knots/announcements";
        org.awaitility.Awaitility.await()
                .until(
                        () -> school.as(school.owner, "GET", read + "/written", null),
                        answer -> answer.text("items.1.status").equals("told"));
    }

    static String path(BrowserTest test, Sight sight) {
        if (sight.name().equals("discussion") || sight.name().equals("reported")) {
            talk(test.halden());
        }
        if (sight.name().startsWith("announce") || sight.name().startsWith("board")) {
            announce(test.halden());
        }
        if (sight.path().contains("TOKEN")) {
            var wish = Map.of("role", "teacher", "uses", 5);
            var made = test.halden().as(test.halden().owner, "POST", "/api/v1/invitations", wish);
            return sight.path().replace("TOKEN", made.text("link").replaceAll(".*/", ""));
        }
        if (sight.path().contains("SLUG")) {
            var school = test.halden();
            var course = school.as(school.owner, "GET", "/api/v1/courses/knots", null);
            return sight.path().replace("SLUG", course.text("modules.0.lessons.0.slug"));
        }
        if (sight.path().contains("JOB")) {
            var school = test.halden();
            var done = school.as(school.owner, "GET", "/api/v1/jobs?state=done", null);
            return sight.path().replace("JOB", done.text("items.0.id"));
        }
        return sight.path().contains("LESSON")
                ? sight.path().replace("LESSON", test.halden().lessons("knots").getFirst())
                : sight.path();
    }

    /** One asks, another answers and reports. */
    private static void talk(Halden school) {
        var ann = school.student("Ann Berg");
        var bo = school.student("Bo Lund");
        List.of(ann, bo).forEach(it -> school.join(it, "knots"));
        var course = "/api/v1/courses/knots";
        var under = course + "/lessons/" + school.lessons("knots").getFirst() + "/discussion";
        var words = "Why does it hold when it is *wet*? @Bo Lund said:\n\n> pull `twice`";
        var asked = school.as(ann, "POST", under, Map.of("text", words)).text("id");
        var post = course + "/discussion/" + asked;
        school.as(
                bo, "POST", post + "/answers", Map.of("text", "Because a turn presses on a turn."));
        school.as(school.owner, "POST", post + "/answers", Map.of("text", "And $f > 1$."));
        school.as(bo, "POST", post + "/reports", Map.of("why", "I said something else."));
    }

    static void prepare(Sight sight, Page page) {
        switch (sight.name()) {
            case "lesson-editor" -> assertThat(page.locator("[data-preview] table")).isAttached();
            case "catalog-search" -> {
                page.keyboard().press("/");
                page.keyboard().type("lighthous");
                assertThat(page.locator("[role=option]").first()).isVisible();
            }
            case "start" -> {
                page.getByLabel("Name of the school").fill("Music School");
                assertThat(page.locator("[data-proposal]")).isVisible();
            }
            case "imported" -> {
                page.getByLabel("The zip")
                        .setInputFiles(
                                new FilePayload(
                                        "iot.zip", "application/zip", Halden.zip(Halden.iot())));
                page.getByText("Bring it in").click();
                assertThat(page.locator("h1")).hasText("Getting Started with IoT");
            }
            case "invitations", "course-people" -> {
                page.getByText("Make the link").click();
                assertThat(page.getByText("Hand this link out")).isVisible();
            }
            case "member-import-report" ->
                    list(page, "name,email,role\nIda Berg,ida@example.org,teacher\n")
                            .getByText("Line by line")
                            .waitFor();
            case "member-import-wrong" ->
                    list(page, "name,email,role\nIda Berg,no address,\n=1+1,a@b.org,wizard\n")
                            .getByText("cannot be brought in")
                            .waitFor();
            case "webhook-sources" -> source(page);
            case "webhooks" -> event(page);
            case "webhook" -> {
                event(page);
                page.getByText("pupil.moved").first().click();
                assertThat(page.locator("pre.answer")).containsText("Ida");
            }
            case "endpoints" -> {
                page.locator("#url").fill("https://register.halden.example/hooks");
                page.getByText("Add it").click();
                assertThat(page.locator("code.secret")).isVisible();
            }
            case "conversation" -> {
                page.getByLabel("Your message").fill("May I hand it in *later*?");
                page.getByText("Send").click();
                assertThat(page.locator(".letter").last()).containsText("later?");
            }
            case "forgot-sent" -> {
                page.getByLabel("E-mail").fill("nobody-at-all@example.org");
                page.getByText("Send the link").click();
                assertThat(page.locator("h1")).containsText("Look into your mail");
            }
            case "announce-preview" -> {
                page.getByLabel("Title").fill("The harbour is closed on Friday");
                page.locator("#text").fill("Bring your **own rope** on Monday.\n\n- 3 m\n- 5 m");
                page.getByText("Preview").click();
                assertThat(page.locator(".prose strong").first()).isVisible();
            }
            case "mail-template" -> {
                page.getByText("Preview").click();
                assertThat(page.getByText("As text")).isVisible();
            }
            case "mail" -> {
                page.locator("a.row-title").first().click();
                assertThat(page.getByText("What the mail server said")).isVisible();
            }
            case "api" -> {
                var call =
                        page.locator("details.call")
                                .filter(new Locator.FilterOptions().setHasText(WHO_AM_I));
                call.locator("summary").click();
                call.locator("form button").click();
                assertThat(call.locator("[role=status]")).containsText("200");
            }
            default -> {}
        }
    }

    /** A new source, and its secret. */
    private static Sender source(Page page) {
        var name = "register-" + Long.toString(System.nanoTime(), 36);
        page.locator("#name").fill(name);
        page.getByText("Add it").click();
        var secret = page.locator("code.secret").first();
        assertThat(secret).isVisible();
        var port = java.net.URI.create(page.url()).getPort();
        return new Sender(port, name, secret.textContent().strip());
    }

    private static void event(Page page) {
        var host = java.net.URI.create(page.url()).getAuthority();
        var body =
                "{\"type\":\"pupil.moved\",\"data\":{\"name\":\"Ida Berg\",\"to\":\"5b\",\"token\":\"x\"}}";
        source(page).sendTo(host, Sender.newId(), body);
        page.navigate(page.url().replaceAll("/sources.*", ""));
    }

    private static Page list(Page page, String csv) {
        page.getByLabel("The list, as CSV")
                .setInputFiles(
                        new FilePayload(
                                "people.csv",
                                "text/csv",
                                csv.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        page.getByText("Look it over").click();
        return page;
    }

    private static void look(Sight sight, Page page, int width, ColorScheme theme) {
        var as = "%s-%d-%s".formatted(sight.name(), width, theme.name().toLowerCase(Locale.ROOT));
        var picture = Path.of("target/screens", as + ".png");
        if (COMPARED.contains(sight.name()) || Approved.keepsAll()) {
            Approved.draw(page, !sight.name().equals("catalog-search"), picture);
        }
        if (COMPARED.contains(sight.name())) {
            Approved.compare(as, picture);
        }
        Accessible.inTheme(page, theme, as);
    }

    /** A page of somebody who may see it, before it is opened. */
    static Page visitor(BrowserTest test, Sight sight) {
        if (sight.who() == Who.NOBODY) {
            return test.context().newPage();
        }
        var key = sight.who() + (sight.platform() ? " at the platform" : "");
        var kept = SIGNED_IN.get(key);
        if (kept != null) {
            return test.context(options().setStorageState(kept)).newPage();
        }
        var context = test.context();
        var person = person(test, sight.who());
        if (sight.platform()) {
            enter(context.newPage(), test.platform(), person.email(), "/schools");
        } else {
            test.signIn(context, person);
        }
        SIGNED_IN.put(key, context.storageState());
        return context.pages().getFirst();
    }

    private static Someone person(BrowserTest test, Who who) {
        return switch (who) {
            case OWNER -> test.halden().owner;
            case LEARNER -> {
                var person = test.halden().student("Tove Lind");
                for (var course :
                        List.of("knots", "a-first-herbarium", "counting-birds", Halden.IOT)) {
                    test.halden().join(person, course);
                }
                test.halden().learn(person, "knots", 3);
                test.halden().learn(person, "counting-birds", 2);
                test.halden().learn(person, Halden.IOT, 6);
                yield person;
            }
            default -> test.halden().student("Bo Beginner");
        };
    }
}
