package org.stoa.enrollment.waiting;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.stoa.enrollment.Admission;
import org.stoa.enrollment.Admissions;
import org.stoa.shared.Money;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Standing in line for a place. */
@Controller
public class WaitingPages {
    private final WaitingList waiting;
    private final Admissions admissions;
    private final Shells shells;

    WaitingPages(WaitingList waiting, Admissions admissions, Shells shells) {
        this.waiting = waiting;
        this.admissions = admissions;
        this.shells = shells;
    }

    /**
     * {@code enrollment/wait}; posts nothing to {@code /courses/{slug}/wait} and {@code
     * /courses/{slug}/wait/leave}, and to {@code /join} or {@code /buy} there.
     *
     * @param turn null for who is not in line
     * @param prices what a place that is kept costs; none where it is free
     */
    public record WaitView(
            String slug, String title, WaitingList.@Nullable Turn turn, List<Money> prices) {}

    @GetMapping("/courses/{course}/wait")
    @Allowed(Who.MEMBER)
    Object wait(@PathVariable String course, HttpServletRequest request) {
        var release = waiting.course(course);
        var turn = waiting.turn(release.courseId()).orElse(null);
        var admission = admissions.to(course);
        if ((turn == null || !turn.held()) && !(admission instanceof Admission.Full)) {
            return seeOther("/courses/" + course + "/join");
        }
        var prices = admission instanceof Admission.ForSale(var asked) ? asked : List.<Money>of();
        return Page.of(
                "enrollment/wait",
                shells.personal(request, say("learn.wait.title"), "catalog"),
                new WaitView(course, release.title(), turn, prices));
    }

    /** Sent twice, it has the same end. */
    @PostMapping("/courses/{course}/wait")
    @Allowed(Who.MEMBER)
    ResponseEntity<Void> join(@PathVariable String course) {
        if (admissions.to(course) instanceof Admission.Full) {
            waiting.join(course);
        }
        return seeOther("/courses/" + course + "/wait");
    }

    @PostMapping("/courses/{course}/wait/leave")
    @Allowed(Who.MEMBER)
    ResponseEntity<Void> leave(@PathVariable String course) {
        waiting.leave(course);
        return seeOther("/courses/" + course);
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(address))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
