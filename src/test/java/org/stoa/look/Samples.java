package org.stoa.look;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.Catalog;
import org.stoa.catalog.CatalogPages;
import org.stoa.catalog.CatalogPages.Card;
import org.stoa.catalog.CatalogPages.Facet;
import org.stoa.catalog.CatalogPages.LessonHit;
import org.stoa.catalog.CourseLine;
import org.stoa.catalog.Difference;
import org.stoa.catalog.LessonRules;
import org.stoa.catalog.StudioPages;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.catalog.publishing.HistoryPages;
import org.stoa.catalog.publishing.PublishPages;
import org.stoa.catalog.publishing.ReleasePages;
import org.stoa.catalog.reuse.NewCoursePages;
import org.stoa.catalog.reuse.SharedLessonPages;
import org.stoa.catalog.reuse.SharedLessons;
import org.stoa.catalog.rules.Opening;
import org.stoa.catalog.studio.Changes;
import org.stoa.catalog.studio.Check;
import org.stoa.catalog.studio.CourseDesk;
import org.stoa.catalog.studio.DraftState;
import org.stoa.catalog.studio.Elsewhere;
import org.stoa.catalog.studio.LessonPages;
import org.stoa.catalog.studio.LessonText;
import org.stoa.catalog.studio.LessonVersion;
import org.stoa.catalog.studio.Outline;
import org.stoa.catalog.studio.OutlineChange;
import org.stoa.catalog.studio.OutlinePages;
import org.stoa.enrollment.LearningPages;
import org.stoa.enrollment.LearningPages.NextLesson;
import org.stoa.enrollment.LearningPages.Standing;
import org.stoa.enrollment.PlayerPages;
import org.stoa.identity.AccountPages;
import org.stoa.identity.SchoolPages;
import org.stoa.identity.SettingsPages;
import org.stoa.identity.SignInPages;
import org.stoa.identity.addresses.AddressPages;
import org.stoa.identity.imports.MemberImportPages;
import org.stoa.identity.invitations.Invitation;
import org.stoa.identity.invitations.InvitationPages;
import org.stoa.identity.members.MemberPages;
import org.stoa.messaging.announcements.Announcement;
import org.stoa.messaging.announcements.AnnouncementPages;
import org.stoa.messaging.announcements.BoardPages;
import org.stoa.messaging.delivery.MailLog;
import org.stoa.messaging.delivery.MailboxPages;
import org.stoa.messaging.discussion.DiscussionPages;
import org.stoa.messaging.discussion.Moderation;
import org.stoa.messaging.discussion.ModerationPages;
import org.stoa.messaging.discussion.Post;
import org.stoa.messaging.discussion.Question;
import org.stoa.messaging.letters.Conversation;
import org.stoa.messaging.letters.LetterPages;
import org.stoa.messaging.letters.Letters;
import org.stoa.messaging.notifications.Notification;
import org.stoa.messaging.notifications.NotificationPages;
import org.stoa.messaging.notifications.Notifications;
import org.stoa.messaging.preferences.PreferencePages;
import org.stoa.messaging.templates.TemplatePages;
import org.stoa.shared.Language;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Role;
import org.stoa.web.Form;
import org.stoa.web.GuidePages;
import org.stoa.web.ProblemView;

/** Views as a school of some size would show them. */
final class Samples {
    private static final Instant THEN = Instant.parse("2026-11-20T21:40:00Z");
    private static final String LESSON =
            """
            <p>A pointer is an address with a promise attached. The address is a number, and numbers \
            do not go bad. The promise is that something of a certain type lives there, that it will \
            still live there when you look, and that you are allowed to look. C checks the first half \
            of that sentence and leaves the rest to you.<sup class="note-ref"><a href="#note-1" \
            aria-label="Note 1">1</a></sup></p>
            <aside class="sidenote" id="note-1" role="note" aria-label="Note 1"><p><sup>1</sup>It \
            checks the type you wrote, not what is there. A cast silences even that.</p></aside>
            <p>Most bugs with pointers are not wrong addresses. They are true addresses to things \
            that have moved out. Here is the shortest honest example, and it compiles.</p>
            <figure class="code numbered"><figcaption>greet.c</figcaption><pre tabindex="0"><code \
            class="language-c"><span class="line"><span class="tok-k">char</span> *<span \
            class="tok-f">greet</span>(<span class="tok-k">const char</span> *name) {</span>
            <span class="line">    <span class="tok-k">char</span> line[<span class="tok-m">64</span>];    <span class="tok-c">// lives in this call</span></span>
            <span class="line">    <span class="tok-f">snprintf</span>(line, <span class="tok-k">sizeof</span> line, <span class="tok-s">"Hi, %s"</span>, name);</span>
            <span class="line marked">    <span class="tok-k">return</span> line;      <span class="tok-c">// the address outlives it</span></span>
            <span class="line">}</span>
            </code></pre></figure>
            <p>Line 4 returns the address of <code>line</code>. The array belonged to the call, and \
            the call is over. The caller now holds a number that used to mean something, and the next \
            function will write its own business there.</p>
            <div class="table" tabindex="0"><table><thead><tr><th>Name</th><th>Lives</th><th>Holds</th></tr></thead>\
            <tbody><tr><td>argc</td><td>main, still running</td><td>1</td></tr><tr><td>msg</td><td>main, \
            still running</td><td>0x7ffe41a0</td></tr></tbody></table></div>
            <h2 id="s-three-ways">Three ways to keep the promise</h2>
            <p>Let the caller bring the memory, and write into it. Or give the block a life of its \
            own with <code>malloc</code>, and say in the function’s name that it must be freed. Or \
            return the value itself, whole, when it is small enough to carry.</p>
            <div class="callout callout-warning" role="note"><p class="callout-title">Take care</p>
            <p>A dangling pointer often works, for weeks. The memory has not been reused yet, so the \
            old bytes answer. Run the exercise under <code>-fsanitize=address</code> before you \
            believe it.</p></div>
            <ul><li>Say who owns it.</li><li>Say until when.</li></ul>
            """;

    private Samples() {}

    static Map<String, Object> school() {
        var pages = new java.util.LinkedHashMap<String, Object>();
        pages.put("catalog/catalog", catalog());
        pages.put("catalog/course", course());
        pages.put("catalog/studio", studio());
        pages.put("catalog/import", new StudioPages.ImportView(Form.empty(), 200L << 20));
        pages.put("catalog/imported", imported());
        pages.put(
                "identity/invitations",
                new InvitationPages.InvitationsView(
                        List.of(
                                new Invitation(
                                        new UUID(5, 1),
                                        Role.STUDENT,
                                        "",
                                        "",
                                        3,
                                        30,
                                        THEN,
                                        "Ines Okafor"),
                                new Invitation(
                                        new UUID(5, 2),
                                        null,
                                        "to teach “Pointers” as an assistant",
                                        "sam@example.org",
                                        0,
                                        1,
                                        THEN,
                                        null)),
                        Form.empty(),
                        "https://halden.stoa.example/invited/4fV1Yk0mQm2bS0wq7lT8cX9eZr3uJ6hN5aDgPoKiLsU",
                        "sam@example.org",
                        ""));
        pages.put(
                "identity/invited",
                new InvitationPages.InvitedView(
                        "/invited/x", Role.TEACHER, "", "", "/sign-in/begin", Form.empty()));
        pages.put(
                "identity/memberimport",
                new MemberImportPages.MemberImportView(
                        Form.empty(),
                        new MemberImportPages.ReportView(
                                "Windows-1252",
                                1,
                                1,
                                0,
                                List.of(),
                                List.of(
                                        new MemberImportPages.LineView(
                                                2, "Sam Berg", "sam@example.org", "student", ""),
                                        new MemberImportPages.LineView(
                                                3,
                                                "Ines Okafor",
                                                "ines@example.org",
                                                "teacher",
                                                "Belongs to the school already.")),
                                "name,email\nSam Berg,sam@example.org")));
        pages.put(
                "studio/new",
                new NewCoursePages.NewView(
                        List.of(),
                        List.of(new NewCoursePages.Course("pointers", "Pointers", 22)),
                        Form.empty()));
        pages.put("studio/draft", draft());
        pages.put("studio/lesson", lesson());
        pages.put("studio/conflict", new LessonPages.ConflictView(text(), "Mine", "My text."));
        pages.put("studio/versions", versions());
        pages.put("studio/publish", publish());
        pages.put("studio/releases", history());
        pages.put("studio/history", changes());
        pages.put("studio/share", share());
        pages.put(
                "studio/back",
                new ReleasePages.BackView(
                        "pointers",
                        "Pointers, Addresses, and Trust",
                        3,
                        List.of(
                                new org.stoa.catalog.publishing.Rollbacks.Affected(
                                        "What a pointer promises", List.of("Memory", "C")))));
        pages.put(
                "studio/withdraw",
                new ReleasePages.WithdrawView(
                        "pointers", "Pointers, Addresses, and Trust", 4, true, 3));
        pages.put("enrollment/learning", learning());
        pages.put("enrollment/player", player());
        pages.put(
                "enrollment/join",
                new LearningPages.JoinView(
                        "pointers",
                        "Pointers, Addresses, and Trust",
                        "Free",
                        new LearningPages.Entry("open", null, List.of()),
                        groups()));
        pages.put("enrollment/locked", locked());
        pages.put(
                "catalog/taste",
                new CatalogPages.TasteView(
                        "pointers",
                        "Pointers, Addresses, and Trust",
                        "Memory",
                        1,
                        "1.1",
                        "What an address is",
                        12,
                        LESSON,
                        "en"));
        pages.put(
                "enrollment/leave",
                new LearningPages.LeaveView("pointers", "Pointers, Addresses, and Trust", 13));
        pages.put(
                "identity/sign-in",
                new SignInPages.SignInView(
                        failed(),
                        "/learn/pointers",
                        "/sign-in/begin?next=%2Flearn%2Fpointers",
                        ""));
        pages.put(
                "identity/sign-up",
                new SignInPages.SignUpView(wrong(), "", "join “Pointers, Addresses, and Trust”"));
        pages.put("identity/account", account());
        pages.putAll(addresses());
        pages.put(
                "messaging/notifications",
                new NotificationPages.NotificationsView(
                        new Notifications.Told(
                                List.of(
                                        new Notification(
                                                new UUID(1, 7),
                                                "enrolled",
                                                Map.of("course", "Knots"),
                                                "/learn/knots",
                                                THEN,
                                                null)),
                                1)));
        pages.put("messaging/discussion", discussion());
        pages.putAll(letters());
        pages.put(
                "messaging/reported",
                new ModerationPages.ReportedView(
                        "knots",
                        "Knots",
                        List.of(
                                new ModerationPages.Line(
                                        new Moderation.Reported(
                                                new UUID(2, 2),
                                                new UUID(2, 1),
                                                new UUID(1, 1),
                                                "Bo Lund",
                                                "Buy ropes *here*.",
                                                false,
                                                THEN,
                                                List.of("An advertisement", "Not about knots")),
                                        "Bowline",
                                        "/learn/knots/bowline/discussion")),
                        null,
                        ""));
        pages.putAll(announcements());
        pages.put(
                "messaging/unsubscribe",
                new PreferencePages.EndingView("digest", "/unsubscribe/token", false));
        pages.put("identity/members", members());
        pages.put("interop/export", new org.stoa.interop.ExportPages.ExportView("halden.zip"));
        pages.put(
                "identity/settings",
                new SettingsPages.SettingsView(
                        Form.filled(
                                Map.of(
                                        "name",
                                        "Halden",
                                        "timeZone",
                                        "Europe/Oslo",
                                        "colour",
                                        "school",
                                        "picked",
                                        "#12402b")),
                        "http://halden.localhost:8080",
                        List.of("Europe/Oslo", "UTC"),
                        "#12402b",
                        ""));
        pages.put(
                "web/problem",
                new ProblemView(404, "There is no course at this address.", List.of(), false, ""));
        pages.put("web/styleguide", new GuidePages.StyleguideView());
        pages.put("web/api", new GuidePages.ApiView("/api/v1/openapi.json"));
        return pages;
    }

    static Map<String, Object> platform() {
        return Map.of(
                "platform/welcome", new SchoolPages.WelcomeView(false),
                "platform/start", new SchoolPages.StartView(wrong(), false, ".localhost:8080"),
                "platform/schools", new SchoolPages.SchoolsView("Tomas Reyes", schools(), false));
    }

    static Map<String, Object> fragments() {
        return Map.of(
                "messaging/questions", discussion(),
                "messaging/bell", new NotificationPages.BellView(3),
                "platform/subdomain",
                        new SchoolPages.SubdomainView(
                                "musicschool", true, "musicschool.localhost:8080 is free."),
                "catalog/search",
                        new CatalogPages.SearchView("pointer", cards().subList(0, 1), hits()),
                "enrollment/corner",
                        new LearningPages.CornerView(
                                true,
                                "1",
                                false,
                                "Tomas Reyes",
                                true,
                                true,
                                "/assets/news.js",
                                "token"),
                "enrollment/standing",
                        new LearningPages.StandingView(
                                "pointers",
                                true,
                                true,
                                new LearningPages.Entry("open", null, List.of()),
                                List.of(5, 6, 6, 5),
                                List.of("an-address", "following-it"),
                                2,
                                22,
                                new NextLesson("promises", "What a pointer promises", 12),
                                null,
                                List.of(),
                                "token"));
    }

    private static List<LearningPages.Group> groups() {
        return List.of(
                new LearningPages.Group(new UUID(5, 1), "Spring", THEN, false),
                new LearningPages.Group(new UUID(5, 2), "Evenings", null, true));
    }

    private static CatalogPages.CatalogView catalog() {
        return new CatalogPages.CatalogView(
                "",
                "",
                "",
                "",
                List.of(
                        new Facet("Computing", 18),
                        new Facet("Mathematics", 9),
                        new Facet("Data", 8),
                        new Facet("Writing", 6)),
                List.of(new Facet("memory", 3), new Facet("proof", 2)),
                List.of(new Facet("First course", 20), new Facet("Second course", 21)),
                41,
                41,
                cards(),
                List.of(),
                "next");
    }

    static List<Card> cards() {
        var titles =
                List.of(
                        "Pointers, Addresses, and Trust",
                        "The Shape of Data",
                        "Proof, from the First Line",
                        "SQL for People Who Write Reports",
                        "Concurrency without Fear",
                        "A Short History of the Algorithm",
                        "Typography for Engineers",
                        "Linear Algebra by Drawing",
                        "Reading Statistics Honestly",
                        "Compilers, Slowly",
                        "Networks, Packet by Packet",
                        "Writing Technical Prose");
        var cards = new ArrayList<Card>();
        for (int i = 0; i < titles.size(); i++) {
            cards.add(
                    new Card(
                            slug(titles.get(i)),
                            titles.get(i),
                            "A summary.",
                            i % 2 == 0 ? "Computing" : "Mathematics",
                            i % 3 == 0 ? "Second course" : "First course",
                            22 + i % 3,
                            List.of(5, 6, 6, 5 + i % 3),
                            250 + 40 * i,
                            "Free",
                            null,
                            i == 3 ? Catalog.Entrance.FULL : Catalog.Entrance.OPEN));
        }
        return cards;
    }

    private static String slug(String title) {
        return title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-");
    }

    private static List<LessonHit> hits() {
        return List.of(
                new LessonHit(
                        "pointers",
                        "Pointers, Addresses, and Trust",
                        "3.3",
                        "promises",
                        "What a pointer promises",
                        12,
                        ""),
                new LessonHit(
                        "pointers",
                        "Pointers, Addresses, and Trust",
                        "3.6",
                        "list",
                        "Exercise: a list without a leak",
                        30,
                        "keep one \u0002pointer\u0003 to the head, and never two to the tail"),
                new LessonHit(
                        "shape",
                        "The Shape of Data",
                        "2.1",
                        "trees",
                        "Trees you can hold in one hand",
                        9,
                        "a node is a value and two \u0002pointer\u0003s, either may be null"));
    }

    private static List<CatalogPages.Module> modules() {
        return List.of(
                module(
                        "Where things live",
                        "What an address is",
                        "Words, bytes, and padding",
                        "The stack, drawn once properly",
                        "The heap, and who sweeps it",
                        "Exercise: a map of your own process"),
                module(
                        "Pointing at things",
                        "Taking an address, following it back",
                        "Null is a decision",
                        "Arrays are not pointers",
                        "Pointers to pointers, without tears",
                        "Strings: one byte of honesty at the end",
                        "Exercise: split a line in place"),
                module(
                        "Lifetimes and promises",
                        "Every block has an owner",
                        "Freeing once, and only once",
                        "What a pointer promises",
                        "Borrowing a buffer",
                        "Const as a contract",
                        "Exercise: a list without a leak"),
                module(
                        "Code you can hand over",
                        "Headers that tell the truth",
                        "Errors without exceptions",
                        "Sanitizers, your second reader",
                        "Quiz: whose memory is it?",
                        "Exercise: hand over a library"));
    }

    private static CatalogPages.Module module(String title, String... lessons) {
        var list = new ArrayList<CatalogPages.Lesson>();
        for (int i = 0; i < lessons.length; i++) {
            list.add(
                    new CatalogPages.Lesson(
                            new UUID(7, i),
                            slug(lessons[i]),
                            lessons[i],
                            8 + 3 * i,
                            true,
                            i == 0,
                            i == 3 ? THEN : null,
                            i == 4 ? 2 : null,
                            i == 5 ? List.of("1.1") : List.of()));
        }
        return new CatalogPages.Module(title, list);
    }

    private static CatalogPages.CourseView course() {
        return new CatalogPages.CourseView(
                "pointers-addresses-and-trust",
                "Pointers, Addresses, and Trust",
                "A program is a set of promises about who may touch what, and until when. C makes you keep them by hand. This course teaches the hand.",
                "Computing",
                "Second course",
                "en",
                List.of("memory", "systems"),
                List.of(
                        "Draw the memory of a running program, and be right",
                        "Say who owns a block, and when it must go",
                        "Read a crash report down to the line that lied",
                        "Hand over a C library that others can call safely"),
                "You have written C for a year, and have met a crash that made no sense.",
                List.of("Ines Okafor", "Jonas Lind"),
                4,
                Instant.parse("2026-11-09T10:00:00Z"),
                "Two lessons shorter, and the heap drawn anew.",
                List.of(),
                null,
                List.of(5, 6, 6, 5),
                modules());
    }

    private static StudioPages.StudioView studio() {
        return new StudioPages.StudioView(
                List.of(
                        new CourseLine(
                                "pointers",
                                "Pointers, Addresses, and Trust",
                                22,
                                4,
                                true,
                                THEN,
                                CourseStanding.LEAD,
                                null),
                        new CourseLine(
                                "shape-of-data",
                                "The Shape of Data",
                                18,
                                2,
                                false,
                                THEN,
                                CourseStanding.LEAD,
                                null),
                        new CourseLine(
                                "draft",
                                "Compilers, Slowly",
                                34,
                                0,
                                true,
                                THEN,
                                CourseStanding.ASSISTANT,
                                null)),
                "Release 4 of “Pointers, Addresses, and Trust” is published.");
    }

    private static StudioPages.ImportedView imported() {
        return new StudioPages.ImportedView(
                "iot",
                "IoT for Beginners",
                6,
                24,
                false,
                List.of(
                        new StudioPages.Finding(
                                "1-getting-started/lessons/2-deeper-dive/README.md",
                                41,
                                "The picture images/pin.png is not in the archive; its description stands in its place."),
                        new StudioPages.Finding(
                                "translations/",
                                0,
                                "Left out: a translation of the whole course.")));
    }

    private static OutlinePages.DraftView draft() {
        return new OutlinePages.DraftView(
                outline(),
                "A program is a set of promises about who may touch what, and until when.",
                "Computing",
                "Second course",
                List.of("memory"),
                state(),
                UUID.randomUUID(),
                Form.empty(),
                "");
    }

    private static Outline outline() {
        var modules = new ArrayList<Outline.Module>();
        for (var module : modules()) {
            var id = UUID.randomUUID();
            modules.add(
                    new Outline.Module(
                            id,
                            module.title(),
                            1,
                            module.lessons().stream()
                                    .map(it ->
                                            new Outline.Lesson(
                                                    UUID.randomUUID(),
                                                    id,
                                                    it.slug(),
                                                    it.slug(),
                                                    it.title(),
                                                    it.minutes(),
                                                    1,
                                                    false,
                                                    it.minutes() % 2 == 0,
                                                    false,
                                                    false,
                                                    LessonRules.NONE,
                                                    it.minutes() % 2 == 0
                                                            ? List.of()
                                                            : List.of(
                                                                    new Elsewhere(
                                                                            "Memory", "memory",
                                                                            id))))
                                    .toList()));
        }
        var bin = modules.getFirst().lessons().subList(0, 1);
        return new Outline(
                UUID.randomUUID(),
                "pointers",
                "Pointers, Addresses, and Trust",
                CourseStanding.LEAD,
                THEN,
                modules,
                bin);
    }

    private static SharedLessonPages.ShareView share() {
        return new SharedLessonPages.ShareView(
                "pointers",
                "Pointers, Addresses, and Trust",
                outline().modules(),
                "trust",
                List.of(
                        new SharedLessons.Offered(
                                UUID.randomUUID(),
                                "Where trust ends",
                                7,
                                "Boundaries",
                                "memory",
                                "Memory")),
                Form.empty());
    }

    private static LessonText text() {
        return new LessonText(
                UUID.randomUUID(),
                "pointers",
                "promises",
                "What a pointer promises",
                "A pointer is an address with a promise attached.\n\n## Three ways\n",
                12,
                3,
                THEN);
    }

    private static LessonPages.LessonView lesson() {
        return new LessonPages.LessonView(
                outline(),
                state(),
                text(),
                UUID.randomUUID(),
                Form.empty(),
                "The earlier version is back.");
    }

    private static DraftState state() {
        return new DraftState(
                4,
                THEN,
                5,
                List.of(
                        new Difference(Difference.Kind.ABOUT, null, "summary", ""),
                        new Difference(
                                Difference.Kind.RENAMED, null, "Where things live", "Memory"),
                        new Difference(
                                Difference.Kind.CHANGED,
                                UUID.randomUUID(),
                                "What a pointer promises",
                                "Promises"),
                        new Difference(Difference.Kind.ADDED, UUID.randomUUID(), "Borrowing", ""),
                        new Difference(
                                Difference.Kind.REMOVED, UUID.randomUUID(), "Linked lists", "")),
                true,
                new CourseDesk.Scheduled(THEN, "Two lessons shorter.", "Ines Okafor", null));
    }

    private static PublishPages.PublishView publish() {
        var lesson = UUID.randomUUID();
        return new PublishPages.PublishView(
                "pointers",
                "Pointers, Addresses, and Trust",
                22,
                CourseStanding.LEAD,
                state(),
                List.of(
                        new PublishPages.Checked(
                                lesson,
                                "What a pointer promises",
                                List.of(
                                        new Check(
                                                lesson,
                                                "What a pointer promises",
                                                19,
                                                "The picture after-return.svg has no description"
                                                        + " for those who do not see it.")))),
                "Europe/Stockholm",
                "Saturday 21 November 2026, 14:05",
                Form.filled(
                        Map.of("when", "later", "day", "2026-11-21", "time", "14:05", "note", "")),
                "");
    }

    private static HistoryPages.ChangesView changes() {
        return new HistoryPages.ChangesView(
                "pointers",
                "Pointers, Addresses, and Trust",
                CourseStanding.LEAD,
                List.of(
                        new OutlineChange(
                                UUID.randomUUID(),
                                OutlineChange.Kind.LESSONS_BINNED,
                                "What a pointer promises",
                                "2",
                                "Ines Okafor",
                                THEN,
                                true,
                                false),
                        new OutlineChange(
                                UUID.randomUUID(),
                                OutlineChange.Kind.MODULE_RENAMED,
                                "Where things live",
                                "Memory",
                                null,
                                THEN,
                                false,
                                true)),
                "");
    }

    private static ReleasePages.HistoryView history() {
        return new ReleasePages.HistoryView(
                "pointers",
                "Pointers, Addresses, and Trust",
                CourseStanding.LEAD,
                state(),
                List.of(
                        new ReleasePages.Line(
                                4, THEN, "Ines Okafor", "Shorter.", state().changes(), false, true),
                        new ReleasePages.Line(3, THEN, null, "", null, true, false)),
                true,
                "");
    }

    private static LessonPages.VersionsView versions() {
        return new LessonPages.VersionsView(
                "pointers",
                UUID.randomUUID(),
                "What a pointer promises",
                List.of(
                        new LessonVersion(3, "What a pointer promises", "Ines Okafor", THEN, 214),
                        new LessonVersion(2, "Promises", null, THEN, 180)),
                text(),
                text(),
                List.of(
                        new Changes.Line(Changes.Kind.SAME, "A pointer is an address."),
                        new Changes.Line(Changes.Kind.GONE, "It promises much."),
                        new Changes.Line(Changes.Kind.NEW, "It promises little.")),
                true);
    }

    private static LearningPages.ShelfCourse shelf(
            String title, int completed, List<Integer> modules, NextLesson next, boolean finished) {
        int total = modules.stream().mapToInt(Integer::intValue).sum();
        return new LearningPages.ShelfCourse(
                slug(title),
                title,
                modules,
                completed,
                total,
                finished ? null : next,
                null,
                THEN,
                finished ? THEN : null,
                completed > 0 && !finished
                        ? "The caller now holds a number that used to mean something, and the next function will write its own business there."
                        : "",
                null);
    }

    private static LearningPages.LearningView learning() {
        return new LearningPages.LearningView(
                shelf(
                        "Pointers, Addresses, and Trust",
                        13,
                        List.of(5, 6, 6, 5),
                        new NextLesson("promises", "What a pointer promises", 12),
                        false),
                List.of(
                        shelf(
                                "Linear Algebra by Drawing",
                                0,
                                List.of(7, 8, 8, 7),
                                new NextLesson("a", "Two arrows and a question", 7),
                                false),
                        shelf(
                                "Reading Statistics Honestly",
                                11,
                                List.of(4, 5, 5, 5),
                                new NextLesson("b", "The average of what?", 10),
                                false),
                        shelf(
                                "A Short History of the Algorithm",
                                10,
                                List.of(3, 4, 4),
                                new NextLesson("c", "What we ask machines now", 22),
                                false)),
                List.of(
                        shelf(
                                "Proof, from the First Line",
                                26,
                                List.of(6, 7, 7, 6),
                                new NextLesson("d", "", 1),
                                true),
                        shelf(
                                "The Shape of Data",
                                18,
                                List.of(4, 5, 5, 4),
                                new NextLesson("e", "", 1),
                                true)),
                List.of(
                        shelf(
                                "Weaving on a Frame",
                                3,
                                List.of(4, 5),
                                new NextLesson("warp", "The warp", 9),
                                false)),
                false,
                "");
    }

    static PlayerPages.PlayerView player() {
        return player(null);
    }

    /** The same lesson, which two others and a date stand before. */
    static PlayerPages.PlayerView locked() {
        var here = player().outline().get(2).lessons();
        return player(
                new PlayerPages.Lock(
                        THEN, Opening.Why.DATE, List.of(here.get(0), here.get(1)), false));
    }

    private static PlayerPages.PlayerView player(PlayerPages.@Nullable Lock lock) {
        var outline = new ArrayList<PlayerPages.Part>();
        int seen = 0;
        int number = 1;
        for (var module : modules()) {
            var steps = new ArrayList<PlayerPages.Step>();
            int done = 0;
            for (var lesson : module.lessons()) {
                var standing =
                        seen < 13 ? Standing.DONE : seen == 13 ? Standing.STARTED : Standing.NEW;
                done += standing == Standing.DONE ? 1 : 0;
                steps.add(
                        new PlayerPages.Step(
                                new UUID(9, seen),
                                lesson.slug(),
                                number + "." + (steps.size() + 1),
                                lesson.title(),
                                lesson.minutes(),
                                standing,
                                true,
                                seen > 17,
                                seen == 19 ? THEN : null));
                seen++;
            }
            outline.add(new PlayerPages.Part(module.title(), done, steps.size(), steps));
            number++;
        }
        var here = outline.get(2).lessons();
        return new PlayerPages.PlayerView(
                new PlayerPages.Way(
                        "/learn/pointers-addresses-and-trust/",
                        "",
                        "/courses/pointers-addresses-and-trust",
                        "",
                        lesson -> ""),
                "pointers-addresses-and-trust",
                "Pointers, Addresses, and Trust",
                13,
                22,
                14,
                22,
                List.of(5, 6, 6, 5),
                outline,
                here.get(2).id(),
                here.get(2).slug(),
                "3.3",
                "What a pointer promises",
                3,
                12,
                true,
                Standing.STARTED,
                420,
                lock == null ? LESSON : "",
                "en",
                here.get(1),
                here.get(3),
                null,
                null,
                lock,
                true);
    }

    private static Form failed() {
        return Form.refused(
                Map.of("email", "tomas@example.org"),
                List.of(
                        new FieldError(
                                "",
                                "E-mail and password do not go together. Nothing was changed; try again.")));
    }

    private static Form wrong() {
        return Form.refused(
                Map.of("name", "Music School", "subdomain", "www", "email", "tomas@"),
                List.of(
                        new FieldError(
                                "subdomain",
                                "This address is kept for Stoa itself. Choose another."),
                        new FieldError("email", "Write it in full, as in tomas@example.org.")));
    }

    private static List<SchoolPages.School> schools() {
        return List.of(
                new SchoolPages.School(
                        "Halden School of Computing",
                        "/go/1",
                        "halden.localhost:8080",
                        Role.STUDENT),
                new SchoolPages.School(
                        "Music School", "/go/2", "musicschool.localhost:8080", Role.OWNER));
    }

    private static Map<String, Object> letters() {
        var line =
                new Letters.Line(
                        "knots",
                        "Knots",
                        new UUID(3, 1),
                        "Ann Berg",
                        false,
                        new UUID(4, 1),
                        "Ann Berg",
                        "May I hand it in later?",
                        THEN,
                        2);
        var letter =
                new Conversation.Letter(
                        new UUID(4, 1),
                        new UUID(3, 1),
                        "Ann Berg",
                        true,
                        false,
                        THEN,
                        "May I hand it in *later*?");
        var conversation =
                new Conversation(
                        new UUID(1, 2),
                        "knots",
                        "Knots",
                        new UUID(3, 1),
                        "Ann Berg",
                        true,
                        true,
                        List.of(letter),
                        true,
                        1,
                        new UUID(4, 1));
        return Map.of(
                "messaging/conversations",
                new LetterPages.ConversationsView(List.of(line), "next"),
                "messaging/conversation",
                new LetterPages.ConversationView(conversation, Form.empty()));
    }

    private static DiscussionPages.DiscussionView discussion() {
        var question = new UUID(2, 1);
        return new DiscussionPages.DiscussionView(
                "knots",
                "Knots",
                "bowline",
                new UUID(1, 1),
                "Bowline",
                List.of(
                        new Question(
                                question,
                                true,
                                false,
                                post(1, "Ann Berg", true, Post.State.SHOWN, "Which *end*, @Bo?"),
                                List.of(
                                        post(
                                                2,
                                                "Bo Lund",
                                                false,
                                                Post.State.SHOWN,
                                                "The `short` one."),
                                        post(3, "Cy Dahl", false, Post.State.HIDDEN, ""),
                                        post(4, "Di Ek", false, Post.State.REMOVED, "")))),
                question.toString(),
                false,
                true,
                true,
                Form.empty(),
                "token");
    }

    private static Post post(
            int number, String author, boolean mine, Post.State state, String words) {
        return new Post(
                new UUID(2, number),
                new UUID(3, number),
                author,
                mine,
                number == 2,
                THEN,
                false,
                state,
                words,
                List.of("Bo"),
                false);
    }

    private static Map<String, Object> announcements() {
        var waits =
                new Announcement(
                        new UUID(4, 1),
                        "No class on Friday",
                        "The harbour is **closed**.",
                        Announcement.Status.SCHEDULED,
                        THEN,
                        0,
                        "Ole Dahl");
        var told =
                new Announcement(
                        new UUID(4, 2),
                        "Bring a rope",
                        "Three metres.",
                        Announcement.Status.TOLD,
                        THEN,
                        212,
                        "");
        return Map.of(
                "messaging/announce",
                new AnnouncementPages.AnnounceView(
                        "/studio/knots/announcements",
                        "knots",
                        "Knots",
                        "/learn/knots/announcements",
                        212,
                        List.of(waits, told),
                        null,
                        wrong(),
                        "<p>The words</p>",
                        "Europe/Oslo",
                        "It waits for its time."),
                "messaging/board",
                new BoardPages.BoardView(
                        "/learn/knots/announcements", "knots", "Knots", List.of(told), "next"));
    }

    private static Map<String, Object> addresses() {
        var line =
                new MailLog.Line(
                        new UUID(1, 9),
                        "reset",
                        "ada@example.org",
                        "refused",
                        1,
                        "550 5.1.1 No such mailbox",
                        THEN);
        var attempt = new MailLog.Attempt(1, THEN, THEN, "refused", "550 5.1.1 No such mailbox");
        return Map.of(
                "identity/forgot",
                new AddressPages.ForgotView(Form.empty()),
                "identity/change",
                new AddressPages.ForgotView(Form.empty()),
                "identity/reset",
                new AddressPages.ResetView(Form.empty(), "/reset/token"),
                "identity/confirm",
                new AddressPages.ConfirmView("verify", "ada@example.org", "/confirm/token"),
                "identity/told",
                new AddressPages.ToldView("Done", "It is done.", "Go on", "/"),
                "messaging/mailbox",
                new MailboxPages.MailboxView(
                        List.of(line), false, "", List.of("sent", "refused"), ""),
                "messaging/templates",
                new TemplatePages.TemplatesView(
                        List.of(
                                new TemplatePages.Kind("reset", true),
                                new TemplatePages.Kind("digest", false)),
                        Language.english(),
                        Language.all(),
                        Form.empty(),
                        ""),
                "messaging/template",
                new TemplatePages.TemplateView(
                        "reset",
                        Language.english(),
                        "/admin/mail-templates/reset/en",
                        List.of("name", "link"),
                        Form.empty(),
                        "A subject",
                        "<p>Words</p>",
                        "Words",
                        ""),
                "messaging/preferences",
                new PreferencePages.PreferencesView(
                        List.of("digest", "reminder"),
                        java.util.Set.of("digest"),
                        List.of("0", "1"),
                        List.of("Europe/Oslo"),
                        Form.empty(),
                        ""),
                "messaging/mail",
                new MailboxPages.MailView(
                        new MailLog.Whole(line, "A subject", "The words", "<p>", List.of(attempt)),
                        ""));
    }

    private static AccountPages.AccountView account() {
        return new AccountPages.AccountView(
                "Tomas Reyes",
                "tomas@example.org",
                false,
                Form.empty(),
                List.of(
                        new AccountPages.Session(
                                new UUID(1, 1), "Firefox on Linux", "192.0.2.7", THEN, true),
                        new AccountPages.Session(
                                new UUID(1, 2), "Safari on iPhone", "192.0.2.9", THEN, false)),
                List.of(new AccountPages.Token(new UUID(2, 1), "Backup script", THEN, null)),
                "stoa_7f3a9c1e5b2d4860a1f7c3e9d5b8406217",
                schools(),
                "The name is changed.");
    }

    private static MemberPages.MembersView members() {
        return new MemberPages.MembersView(
                "",
                "",
                "",
                List.of(
                        new MemberPages.Member(
                                new UUID(3, 1),
                                "Ines Okafor",
                                "ines@example.org",
                                Role.OWNER,
                                false,
                                THEN,
                                false),
                        new MemberPages.Member(
                                new UUID(3, 2),
                                "Ruth Adeyemi",
                                "ruth@example.org",
                                Role.TEACHER,
                                false,
                                THEN,
                                true),
                        new MemberPages.Member(
                                new UUID(3, 3),
                                "Jonas Weir",
                                "jonas@example.org",
                                Role.STUDENT,
                                true,
                                THEN,
                                true)),
                List.of(Role.STUDENT, Role.TEACHER, Role.ADMIN),
                "next",
                Form.empty(),
                "");
    }
}
