package org.stoa.jobs.desk;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.jobs.JobKind.Lane;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.Wording;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Jobs for administrators: a school's at {@code /admin/jobs}, all at {@code /platform/jobs}. */
@Controller
public class JobPages {
    private static final int PER_PAGE = 24;
    private static final String SCHOOL = "/admin/jobs";
    private static final String PLATFORM = "/platform/jobs";
    private static final Map<String, String> NOTICES =
            Map.of(
                    "cancelled", "jobs.didCancel",
                    "replayed", "jobs.didReplay",
                    "many", "jobs.didReplayMany",
                    "none", "jobs.didNothing");

    private final JobDesk desk;
    private final Shells shells;

    JobPages(JobDesk desk, Shells shells) {
        this.desk = desk;
        this.shells = shells;
    }

    /**
     * {@code jobs/desk}. Its forms: {@code GET base} ({@code state}, {@code kind}, {@code q},
     * {@code span}), {@code POST base/replay} (several {@code job}, or {@code all} with a {@code
     * kind}).
     *
     * @param base the page's own address
     * @param day a day rather than an hour is drawn
     * @param kinds that one may look for
     * @param next cursor of the next page; null on the last
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record DeskView(
            String base,
            boolean day,
            List<LaneState> lanes,
            LanePlots plots,
            JobDesk.Search search,
            List<String> kinds,
            List<JobSummary> jobs,
            @Nullable String next,
            String notice) {
        /** All that are dead, in every lane. */
        public int dead() {
            return lanes.stream().mapToInt(LaneState::dead).sum();
        }

        public boolean everySchool() {
            return base.equals(PLATFORM);
        }
    }

    /** {@code jobs/job}. Its forms: {@code POST base/{id}/cancel} and {@code /replay}. */
    public record JobView(String base, JobLife life, String notice) {}

    /** {@code 4 s}, {@code 3 min}, {@code 2 h 5 min}. */
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        return seconds < 60
                ? say("jobs.seconds", (int) seconds)
                : Wording.duration((int) Math.min(seconds / 60, Integer.MAX_VALUE));
    }

    public static String lane(Lane lane) {
        return say("jobs.lane", lane.word());
    }

    @GetMapping(SCHOOL)
    @Allowed(Who.ADMIN)
    Page ofSchool(@RequestParam Map<String, String> asked, HttpServletRequest request) {
        return overview(SCHOOL, asked, request);
    }

    @GetMapping(PLATFORM)
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    Page ofPlatform(@RequestParam Map<String, String> asked, HttpServletRequest request) {
        return overview(PLATFORM, asked, request);
    }

    @GetMapping(SCHOOL + "/{id}")
    @Allowed(Who.ADMIN)
    Page oneOfSchool(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        return one(SCHOOL, id, done, request);
    }

    @GetMapping(PLATFORM + "/{id}")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    Page oneOfPlatform(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        return one(PLATFORM, id, done, request);
    }

    @PostMapping(SCHOOL + "/{id}/cancel")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> cancelOfSchool(@PathVariable UUID id) {
        desk.cancel(id);
        return seeOther(SCHOOL + "/" + id, "cancelled");
    }

    @PostMapping(PLATFORM + "/{id}/cancel")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    ResponseEntity<Void> cancelOfPlatform(@PathVariable UUID id) {
        desk.cancel(id);
        return seeOther(PLATFORM + "/" + id, "cancelled");
    }

    @PostMapping(SCHOOL + "/{id}/replay")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> replayOfSchool(@PathVariable UUID id) {
        desk.replay(id);
        return seeOther(SCHOOL + "/" + id, "replayed");
    }

    @PostMapping(PLATFORM + "/{id}/replay")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    ResponseEntity<Void> replayOfPlatform(@PathVariable UUID id) {
        desk.replay(id);
        return seeOther(PLATFORM + "/" + id, "replayed");
    }

    @PostMapping(SCHOOL + "/replay")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> replayManyOfSchool(
            @RequestParam(name = "job", required = false) @Nullable List<UUID> selected,
            @RequestParam(required = false) @Nullable String all) {
        return many(SCHOOL, selected, all);
    }

    @PostMapping(PLATFORM + "/replay")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    ResponseEntity<Void> replayManyOfPlatform(
            @RequestParam(name = "job", required = false) @Nullable List<UUID> selected,
            @RequestParam(required = false) @Nullable String all) {
        return many(PLATFORM, selected, all);
    }

    /**
     * @param all of which kind all are meant, empty for every kind; null means the selected ones
     */
    private ResponseEntity<Void> many(
            String base, @Nullable List<UUID> selected, @Nullable String all) {
        if (all != null) {
            return seeOther(base + "/" + desk.replayAll(all), "");
        }
        int done = selected == null ? 0 : desk.replay(selected);
        return seeOther(base, done == 0 ? "none" : "many");
    }

    private Page overview(String base, Map<String, String> asked, HttpServletRequest request) {
        var text = asked.getOrDefault("q", "");
        boolean anything = !text.isEmpty() || asked.containsKey("kind");
        var search =
                new JobDesk.Search(
                        asked.getOrDefault("state", anything ? "" : "dead"),
                        asked.getOrDefault("kind", ""),
                        text);
        boolean day = asked.getOrDefault("span", "").equals("day");
        var overview = desk.overview(day);
        var some = desk.list(search, asked.get("cursor"), PER_PAGE);
        var view =
                new DeskView(
                        base,
                        day,
                        overview.lanes(),
                        overview.plots(),
                        search,
                        desk.kinds(),
                        some.items(),
                        some.nextCursor(),
                        notice(asked.getOrDefault("done", "")));
        return Page.of("jobs/desk", shells.personal(request, say("jobs.title"), "jobs"), view);
    }

    private Page one(String base, UUID id, String done, HttpServletRequest request) {
        var view = new JobView(base, desk.life(id), notice(done));
        var title = say("jobs.one", view.life().job().kind());
        return Page.of("jobs/job", shells.personal(request, title, "jobs"), view);
    }

    private static String notice(String done) {
        var key = NOTICES.get(done);
        return key == null ? "" : say(key);
    }

    private static ResponseEntity<Void> seeOther(String path, String done) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(done.isEmpty() ? path : path + "?done=" + done))
                .build();
    }
}
