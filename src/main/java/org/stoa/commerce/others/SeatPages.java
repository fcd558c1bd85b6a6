package org.stoa.commerce.others;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where whoever bought seats gives them to people, and where those take them. */
@Controller
public class SeatPages {
    private static final Map<String, String> NOTICES =
            Map.of(
                    "invited", "others.seat.done.invited",
                    "back", "others.seat.done.back",
                    "mine", "others.seat.done.mine");

    private final TeamSeats seats;
    private final Shells shells;
    private final Hosts hosts;

    SeatPages(TeamSeats seats, Shells shells, Hosts hosts) {
        this.seats = seats;
        this.shells = shells;
        this.hosts = hosts;
    }

    /**
     * {@code commerce/seats}. Its forms post below {@code /orders/{order}/seats}: {@code email} to
     * itself, nothing to {@code /mine}; {@code email} to {@code /{seat}/give}, nothing to {@code
     * /{seat}/again} and {@code /{seat}/back}.
     *
     * @param mine the reader has one of them
     * @param link of a seat that was just offered; empty otherwise
     * @param swapped the seat that is being given to somebody else; null for none
     */
    public record SeatsView(
            Bought order,
            List<Seat> seats,
            boolean mine,
            Form form,
            String link,
            @Nullable UUID swapped,
            String notice) {
        public long free() {
            return seats.stream().filter(Seat::free).count();
        }
    }

    /**
     * {@code commerce/seat}: somebody follows the link of a seat; posts nothing to {@code here}.
     *
     * @param member whether they can take it as they are
     * @param why they cannot; empty where nothing is in the way
     */
    public record SeatView(Bought order, String here, boolean member, String why) {}

    @GetMapping("/orders/{order}/seats")
    @Allowed(Who.MEMBER)
    Page seats(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(required = false) @Nullable UUID seat,
            HttpServletRequest request) {
        var key = NOTICES.get(done);
        return page(
                order,
                Form.empty(),
                done.equals("swap") ? null : seat,
                done.equals("swap") ? seat : null,
                key == null ? "" : say(key),
                request);
    }

    @PostMapping("/orders/{order}/seats")
    @Allowed(Who.MEMBER)
    Object invite(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request) {
        return changed(order, null, email, "invited", () -> seats.invite(order, email), request);
    }

    @PostMapping("/orders/{order}/seats/mine")
    @Allowed(Who.MEMBER)
    Object mine(@PathVariable UUID order, HttpServletRequest request) {
        return changed(order, null, "", "mine", () -> seats.takeMyself(order), request);
    }

    @PostMapping("/orders/{order}/seats/{seat}/give")
    @Allowed(Who.MEMBER)
    Object give(
            @PathVariable UUID order,
            @PathVariable UUID seat,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request) {
        return changed(
                order, seat, email, "invited", () -> seats.give(order, seat, email), request);
    }

    @PostMapping("/orders/{order}/seats/{seat}/again")
    @Allowed(Who.MEMBER)
    Object again(@PathVariable UUID order, @PathVariable UUID seat, HttpServletRequest request) {
        return changed(order, null, "", "invited", () -> seats.again(order, seat), request);
    }

    @PostMapping("/orders/{order}/seats/{seat}/back")
    @Allowed(Who.MEMBER)
    Object back(@PathVariable UUID order, @PathVariable UUID seat, HttpServletRequest request) {
        return changed(order, null, "", "back", () -> seats.takeBack(order, seat), request);
    }

    private Object changed(
            UUID order,
            @Nullable UUID swapped,
            String email,
            String done,
            Supplier<Seat> what,
            HttpServletRequest request) {
        try {
            var seat = what.get();
            var link = done.equals("invited") ? "&seat=" + seat.id() : "";
            return seeOther("/orders/" + order + "/seats?done=" + done + link);
        } catch (Problem.Invalid wrong) {
            return page(order, typed(email, wrong.errors()), null, swapped, "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Problem.Conflict why) {
            var error = new FieldError("", String.valueOf(why.getMessage()));
            return page(order, typed(email, List.of(error)), null, swapped, "", request)
                    .with(HttpStatus.CONFLICT);
        }
    }

    private static Form typed(String email, List<FieldError> errors) {
        return Form.refused(Map.of("email", email), errors);
    }

    private Page page(
            UUID order,
            Form form,
            @Nullable UUID offered,
            @Nullable UUID swapped,
            String notice,
            HttpServletRequest request) {
        var team = seats.of(order);
        var caller = Caller.current();
        var root = hosts.address(caller.school(), request.getScheme(), request.getServerPort());
        var link =
                team.seats().stream()
                        .filter(it -> it.id().equals(offered) && !it.taken() && !it.free())
                        .map(it -> root + seats.path(it))
                        .findFirst()
                        .orElse("");
        var view =
                new SeatsView(
                        team.order(),
                        team.seats(),
                        team.seats().stream().anyMatch(it -> caller.personId().equals(it.person())),
                        form,
                        link,
                        swapped,
                        notice);
        return Page.of(
                "commerce/seats", shells.personal(request, say("others.seats"), "learning"), view);
    }

    @GetMapping("/seats/{token}")
    @Allowed(Who.ANYONE)
    Object look(@PathVariable String token, HttpServletRequest request) {
        var shown = seats.look(token);
        return shown.learnAt() != null
                ? seeOther(shown.learnAt())
                : seat(shown, token, "", request);
    }

    @PostMapping("/seats/{token}")
    @Allowed(Who.MEMBER)
    Object take(@PathVariable String token, HttpServletRequest request) {
        try {
            return seeOther(seats.take(token));
        } catch (Problem.Conflict why) {
            return seat(seats.look(token), token, String.valueOf(why.getMessage()), request)
                    .with(HttpStatus.CONFLICT);
        }
    }

    private Page seat(TeamSeats.Shown shown, String token, String why, HttpServletRequest request) {
        var caller = Caller.current();
        return Page.of(
                "commerce/seat",
                shells.personal(request, say("others.seat.title"), ""),
                new SeatView(
                        shown.order(),
                        "/seats/" + token,
                        caller.role() != null && !caller.suspended(),
                        why));
    }

    static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(address))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
