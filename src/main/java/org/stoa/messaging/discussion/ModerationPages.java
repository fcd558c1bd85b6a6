package org.stoa.messaging.discussion;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;
import org.stoa.catalog.markdown.Remarks;
import org.stoa.catalog.people.StaffWho;
import org.stoa.messaging.discussion.DiscussionStore.Place;
import org.stoa.messaging.discussion.Moderation.Reported;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a course's leads and assistants see what was reported, and hide, show and lock. */
@Controller
public class ModerationPages {
    private static final int PER_PAGE = 24;
    private static final Map<String, String> NOTICES =
            Map.of(
                    "hidden", "talk.done.hidden",
                    "shown", "talk.done.shown",
                    "dismissed", "talk.done.dismissed");

    private final Moderation moderation;
    private final Releases releases;
    private final Shells shells;

    ModerationPages(Moderation moderation, Releases releases, Shells shells) {
        this.moderation = moderation;
        this.releases = releases;
        this.shells = shells;
    }

    /**
     * {@code messaging/reported}; its forms post {@code hidden} to {@code /{post}/hidden} and
     * nothing to {@code /{post}/dismiss} below its own address.
     *
     * @param next cursor of the next page; null on the last
     */
    public record ReportedView(
            String course, String title, List<Line> lines, @Nullable String next, String notice) {}

    /**
     * A post that was reported.
     *
     * @param lesson its title; empty where learners do not have it any more
     * @param path where it stands; empty then too
     */
    public record Line(Reported post, String lesson, String path) {
        /** Sanitized. */
        public String html() {
            return Remarks.html(post.markdown(), List.of());
        }
    }

    @GetMapping("/studio/{course}/discussion")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    Page reported(
            @PathVariable String course,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        var found = moderation.reported(course, cursor, PER_PAGE);
        var release = releases.current(course);
        var title = release.map(Release::title).orElse(course);
        return Page.of(
                "messaging/reported",
                shells.personal(request, say("talk.reports.of", title), "studio"),
                new ReportedView(
                        course,
                        title,
                        found.items().stream().map(it -> line(it, release)).toList(),
                        found.nextCursor(),
                        NOTICES.containsKey(done) ? say(NOTICES.get(done)) : ""));
    }

    private static Line line(Reported post, Optional<Release> release) {
        var lesson = release.flatMap(it -> it.lesson(post.lesson()));
        return new Line(
                post,
                lesson.map(ReleaseLesson::title).orElse(""),
                lesson.map(it ->
                                "/learn/%s/%s/discussion?question=%s#p-%s"
                                        .formatted(
                                                release.orElseThrow().slug(),
                                                it.slug(),
                                                post.question(),
                                                post.id()))
                        .orElse(""));
    }

    @PostMapping("/studio/{course}/discussion/{post}/hidden")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    ResponseEntity<Void> hide(
            @PathVariable String course,
            @PathVariable UUID post,
            @RequestParam(defaultValue = "true") boolean hidden,
            @RequestParam(defaultValue = "") String from) {
        var place = moderation.hide(course, post, hidden);
        return back(place, post, from, hidden ? "hidden" : "shown");
    }

    @PostMapping("/studio/{course}/discussion/{post}/dismiss")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    ResponseEntity<Void> dismiss(@PathVariable String course, @PathVariable UUID post) {
        return back(moderation.dismiss(course, post), post, "", "dismissed");
    }

    @PostMapping("/studio/{course}/discussion/{post}/locked")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    ResponseEntity<Void> lock(
            @PathVariable String course,
            @PathVariable UUID post,
            @RequestParam(defaultValue = "true") boolean locked) {
        return back(moderation.lock(course, post, locked), post, "lesson", "");
    }

    /** To the lesson's discussion, or the list of what was reported, wherever it was done. */
    private ResponseEntity<Void> back(Place place, UUID post, String from, String done) {
        var lesson = releases.current(place.slug()).flatMap(it -> it.lesson(place.lesson()));
        var address =
                from.equals("lesson") && lesson.isPresent()
                        ? "/learn/"
                                + place.slug()
                                + "/"
                                + lesson.get().slug()
                                + "/discussion#p-"
                                + post
                        : "/studio/" + place.slug() + "/discussion?done=" + done;
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
