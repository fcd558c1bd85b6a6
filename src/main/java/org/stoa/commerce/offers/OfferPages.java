package org.stoa.commerce.offers;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.commerce.Currencies;
import org.stoa.commerce.PriceRows;
import org.stoa.shared.Problem;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** A school's offers, for its administrators. */
@Controller
public class OfferPages {
    private static final int PER_PAGE = 24;
    private static final int LEAST_ROWS = 3;
    private static final Map<String, String> NOTICES =
            Map.of("made", "offers.made", "saved", "offers.saved");

    private final OfferBook offers;
    private final Shells shells;

    OfferPages(OfferBook offers, Shells shells) {
        this.offers = offers;
        this.shells = shells;
    }

    /**
     * An offer in the list.
     *
     * @param paid how it is paid, in words
     */
    public record Line(Offer offer, String paid) {}

    /**
     * {@code commerce/offers}.
     *
     * @param next cursor of the next page; null on the last
     */
    public record OffersView(List<Line> offers, @Nullable String next, String notice) {}

    /** A course that can stand in it. */
    public record Choice(String slug, String title, boolean free, boolean chosen) {}

    /**
     * {@code commerce/offer}; posts {@code title}, {@code lede}, {@code course} for each course,
     * how it is paid ({@code kind}, {@code every}, {@code trialDays}, {@code parts}; only for a new
     * one), {@code amount} and {@code currency} for each price, {@code teams}, {@code gifts} and
     * {@code active}.
     *
     * @param offer null for a new one
     * @param paid how it is paid, in words; empty for a new one
     * @param currencies to choose from, with their names
     */
    public record OfferView(
            @Nullable Offer offer,
            String paid,
            Form form,
            List<PriceRows.Row> rows,
            List<Choice> courses,
            Map<String, String> currencies) {}

    @GetMapping("/admin/offers")
    @Allowed(Who.ADMIN)
    Page offers(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        var some = offers.list(cursor, PER_PAGE);
        var key = NOTICES.get(done);
        var lines = some.items().stream().map(it -> new Line(it, OfferBook.paid(it))).toList();
        return Page.of(
                "commerce/offers",
                shells.personal(request, say("offers.title"), "sales"),
                new OffersView(lines, some.nextCursor(), key == null ? "" : say(key)));
    }

    @GetMapping("/admin/offers/new")
    @Allowed(Who.ADMIN)
    Page fresh(HttpServletRequest request) {
        var form = Form.filled(Map.of("kind", "once", "every", "month"));
        return page(null, form, List.of(), List.of(), request);
    }

    @PostMapping("/admin/offers")
    @Allowed(Who.ADMIN)
    Object create(@RequestParam MultiValueMap<String, String> fields, HttpServletRequest request) {
        var typed = new OfferForm(fields);
        try {
            offers.create(typed.read(null));
            return seeOther("made");
        } catch (Problem.Invalid wrong) {
            return refused(null, typed, wrong, request);
        }
    }

    @GetMapping("/admin/offers/{offer}")
    @Allowed(Who.ADMIN)
    Page offer(@PathVariable UUID offer, HttpServletRequest request) {
        var known = offers.own(offer);
        return page(
                known,
                Form.filled(OfferForm.of(known)),
                PriceRows.of(known.prices()),
                known.slugs(),
                request);
    }

    @PostMapping("/admin/offers/{offer}")
    @Allowed(Who.ADMIN)
    Object change(
            @PathVariable UUID offer,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletRequest request) {
        var known = offers.own(offer);
        var typed = new OfferForm(fields);
        try {
            offers.change(offer, typed.read(known));
            return seeOther("saved");
        } catch (Problem.Invalid wrong) {
            return refused(known, typed, wrong, request);
        }
    }

    private Page refused(
            @Nullable Offer offer,
            OfferForm typed,
            Problem.Invalid wrong,
            HttpServletRequest request) {
        var form = typed.refused(wrong);
        return page(offer, form, typed.rows().refused(form), typed.courses(), request)
                .with(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Page page(
            @Nullable Offer offer,
            Form form,
            List<PriceRows.Row> rows,
            Collection<String> chosen,
            HttpServletRequest request) {
        var shown = PriceRows.open(rows, LEAST_ROWS);
        var view =
                new OfferView(
                        offer,
                        offer == null ? "" : OfferBook.paid(offer),
                        form,
                        shown,
                        choices(offer, chosen),
                        Currencies.with(PriceRows.currencies(shown)));
        var title = offer == null ? say("offers.new") : offer.title();
        return Page.of("commerce/offer", shells.personal(request, title, "sales"), view);
    }

    /** Courses that can be chosen, and those that are in it though nobody could choose them now. */
    private List<Choice> choices(@Nullable Offer offer, Collection<String> chosen) {
        var choices = new ArrayList<Choice>();
        for (var it : offers.choices()) {
            choices.add(new Choice(it.slug(), it.title(), it.free(), chosen.contains(it.slug())));
        }
        var listed = choices.stream().map(Choice::slug).toList();
        if (offer != null) {
            offer.courses().stream()
                    .filter(it -> chosen.contains(it.slug()) && !listed.contains(it.slug()))
                    .forEach(it -> choices.add(new Choice(it.slug(), it.title(), false, true)));
        }
        return choices;
    }

    private static ResponseEntity<Void> seeOther(String done) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/admin/offers?done=" + done))
                .build();
    }
}
