package org.stoa.commerce.others;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

/** Where whoever bought a gift says to whom it goes, and where that person takes it. */
@Controller
public class GiftPages {
    private final Gifts gifts;
    private final Shells shells;
    private final Hosts hosts;

    GiftPages(Gifts gifts, Shells shells, Hosts hosts) {
        this.gifts = gifts;
        this.shells = shells;
        this.hosts = hosts;
    }

    /**
     * {@code commerce/gift}; posts {@code email} and {@code words} to {@code /orders/{order}/gift}.
     *
     * @param gift null before it is paid
     * @param link by which it is taken; empty where nobody can
     */
    public record GiftView(
            Bought order, @Nullable Gift gift, String link, Form form, String notice) {}

    /**
     * {@code commerce/gifted}: somebody follows the link of a gift; posts nothing to {@code here}.
     *
     * @param has they have all of it already
     * @param member whether they can take it as they are
     * @param why they cannot; empty where nothing is in the way
     */
    public record GiftedView(
            Bought order, String words, String here, boolean member, boolean has, String why) {}

    @GetMapping("/orders/{order}/gift")
    @Allowed(Who.MEMBER)
    Page gift(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        var given = gifts.of(order);
        var gift = given.gift();
        var email = gift == null || gift.email() == null ? "" : gift.email();
        var form = Form.filled(Map.of("email", email, "words", gift == null ? "" : gift.words()));
        var notice =
                done.isEmpty() || gift == null
                        ? ""
                        : email.isEmpty()
                                ? say("others.gift.done.link")
                                : say("others.gift.done.sent", email);
        return page(given, form, notice, request);
    }

    @PostMapping("/orders/{order}/gift")
    @Allowed(Who.MEMBER)
    Object offer(
            @PathVariable UUID order,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String words,
            HttpServletRequest request) {
        var typed = Map.of("email", email, "words", words);
        try {
            gifts.offer(order, email, words);
            return SeatPages.seeOther("/orders/" + order + "/gift?done=sent");
        } catch (Problem.Invalid wrong) {
            return page(gifts.of(order), Form.refused(typed, wrong.errors()), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Problem.Conflict why) {
            var error = new FieldError("", String.valueOf(why.getMessage()));
            return page(gifts.of(order), Form.refused(typed, List.of(error)), "", request)
                    .with(HttpStatus.CONFLICT);
        }
    }

    private Page page(Gifts.Given given, Form form, String notice, HttpServletRequest request) {
        var gift = given.gift();
        boolean open = given.order().paid() && gift != null && !gift.taken() && !gift.ended();
        var root =
                hosts.address(
                        Caller.current().school(), request.getScheme(), request.getServerPort());
        var view =
                new GiftView(
                        given.order(),
                        gift,
                        open && gift != null ? root + gifts.path(gift) : "",
                        form,
                        notice);
        return Page.of(
                "commerce/gift", shells.personal(request, say("others.gift"), "learning"), view);
    }

    @GetMapping("/gifts/{token}")
    @Allowed(Who.ANYONE)
    Object look(@PathVariable String token, HttpServletRequest request) {
        var shown = gifts.look(token);
        return shown.learnAt() != null
                ? SeatPages.seeOther(shown.learnAt())
                : gifted(shown, token, "", request);
    }

    @PostMapping("/gifts/{token}")
    @Allowed(Who.MEMBER)
    Object take(@PathVariable String token, HttpServletRequest request) {
        try {
            return SeatPages.seeOther(gifts.take(token));
        } catch (Problem.Conflict why) {
            return gifted(gifts.look(token), token, String.valueOf(why.getMessage()), request)
                    .with(HttpStatus.CONFLICT);
        }
    }

    private Page gifted(Gifts.Shown shown, String token, String why, HttpServletRequest request) {
        var caller = Caller.current();
        return Page.of(
                "commerce/gifted",
                shells.personal(request, say("others.gift"), ""),
                new GiftedView(
                        shown.order(),
                        shown.gift().words(),
                        "/gifts/" + token,
                        caller.role() != null && !caller.suspended(),
                        shown.has(),
                        shown.has() && why.isEmpty()
                                ? say("others.gift.has", shown.order().title())
                                : why));
    }
}
