package org.stoa.commerce.coupons;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.commerce.Currencies;
import org.stoa.shared.Money;
import org.stoa.shared.MoneyText;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.WallClock;
import org.stoa.tenancy.WallClock.Read;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** A school's coupons, for its administrators. */
@Controller
public class CouponPages {
    private static final int PER_PAGE = 24;
    private static final String PERCENT = "%";
    private static final Map<String, String> NOTICES =
            Map.of("made", "offers.coupon.made", "withdrawn", "offers.coupon.withdrawnNow");

    private final Coupons coupons;
    private final Shells shells;
    private final Clock clock;

    CouponPages(Coupons coupons, Shells shells, Clock clock) {
        this.coupons = coupons;
        this.shells = shells;
        this.clock = clock;
    }

    /**
     * A coupon in the list.
     *
     * @param stands {@code on}, {@code withdrawn}, {@code ended}, {@code later} or {@code used}
     */
    public record Line(Coupon coupon, String stands) {}

    /**
     * {@code commerce/coupons}; posts nothing to {@code /admin/coupons/{id}/withdraw}.
     *
     * @param next cursor of the next page; null on the last
     */
    public record CouponsView(List<Line> coupons, @Nullable String next, String notice) {}

    /**
     * {@code commerce/coupon}; posts {@code code}, {@code worth} as it was typed, {@code unit}
     * ({@code %} or a currency), {@code offer}, {@code startsAt}, {@code endsAt}, {@code mostUses}
     * and {@code oncePerson}.
     *
     * @param units to choose from, with their names
     * @param offers to choose from, by id
     */
    public record CouponView(
            Form form, Map<String, String> units, Map<String, String> offers, String zone) {}

    @GetMapping("/admin/coupons")
    @Allowed(Who.ADMIN)
    Page coupons(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        var some = coupons.list(cursor, PER_PAGE);
        var now = clock.instant();
        var key = NOTICES.get(done);
        var lines = some.items().stream().map(it -> new Line(it, stands(it, now))).toList();
        return Page.of(
                "commerce/coupons",
                shells.personal(request, say("offers.coupons"), "sales"),
                new CouponsView(lines, some.nextCursor(), key == null ? "" : say(key)));
    }

    private static String stands(Coupon coupon, Instant now) {
        if (!coupon.active()) {
            return "withdrawn";
        }
        if (coupon.ended(now)) {
            return "ended";
        }
        if (coupon.usedUp()) {
            return "used";
        }
        return coupon.begun(now) ? "on" : "later";
    }

    @GetMapping("/admin/coupons/new")
    @Allowed(Who.ADMIN)
    Page fresh(HttpServletRequest request) {
        return page(Form.filled(Map.of("unit", PERCENT, "oncePerson", "true")), request);
    }

    @PostMapping("/admin/coupons")
    @Allowed(Who.ADMIN)
    Object create(@RequestParam Map<String, String> fields, HttpServletRequest request) {
        try {
            coupons.create(read(fields));
            return seeOther("made");
        } catch (Problem.Invalid wrong) {
            return page(Form.refused(kept(fields), wrong.errors()), request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (Problem.Conflict taken) {
            var error = new FieldError("code", Objects.toString(taken.getMessage(), ""));
            return page(Form.refused(kept(fields), List.of(error)), request)
                    .with(HttpStatus.CONFLICT);
        }
    }

    @PostMapping("/admin/coupons/{coupon}/withdraw")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> withdraw(@PathVariable UUID coupon) {
        coupons.withdraw(coupon);
        return seeOther("withdrawn");
    }

    private static CouponDraft read(Map<String, String> fields) {
        var errors = new ArrayList<FieldError>();
        var unit = typed(fields, "unit");
        Money sum = null;
        Integer percent = null;
        if (unit.equals(PERCENT)) {
            percent = number(fields, "worth", "offers.coupon.percent", errors);
        } else if (Money.known(unit)) {
            sum = sum(typed(fields, "worth"), unit, errors);
        } else {
            errors.add(new FieldError("unit", say("offers.coupon.unit")));
        }
        var most = number(fields, "mostUses", "offers.coupon.uses", errors);
        var starts = at(fields, "startsAt", errors);
        var ends = at(fields, "endsAt", errors);
        var offer = offer(typed(fields, "offer"), errors);
        if (percent == null && sum == null && errors.isEmpty()) {
            errors.add(new FieldError("worth", say("offers.coupon.percent")));
        }
        if (percent != null && (percent < 1 || percent > 100)) {
            errors.add(new FieldError("worth", say("offers.coupon.percent")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(List.copyOf(errors));
        }
        return new CouponDraft(
                typed(fields, "code"),
                percent,
                sum == null ? null : Long.valueOf(sum.amount()),
                sum == null ? null : sum.currency(),
                offer,
                starts,
                ends,
                most,
                !typed(fields, "oncePerson").isEmpty());
    }

    private static @Nullable Money sum(String worth, String unit, List<FieldError> errors) {
        try {
            var sum = MoneyText.read(worth, unit);
            if (sum.amount() > 0 && sum.amount() <= Money.MOST) {
                return sum;
            }
            errors.add(new FieldError("worth", say("offers.wrong.nought")));
        } catch (Problem.Invalid wrong) {
            errors.add(new FieldError("worth", Objects.toString(wrong.getMessage(), "")));
        }
        return null;
    }

    private static @Nullable UUID offer(String typed, List<FieldError> errors) {
        try {
            return typed.isEmpty() ? null : UUID.fromString(typed);
        } catch (IllegalArgumentException noId) {
            errors.add(new FieldError("offer", say("offers.none")));
            return null;
        }
    }

    private static @Nullable Integer number(
            Map<String, String> fields, String field, String words, List<FieldError> errors) {
        var text = typed(fields, field).replace("%", "").strip();
        try {
            return text.isEmpty() ? null : Integer.valueOf(text);
        } catch (NumberFormatException notANumber) {
            errors.add(new FieldError(field, say(words)));
            return null;
        }
    }

    private static @Nullable Instant at(
            Map<String, String> fields, String field, List<FieldError> errors) {
        var text = typed(fields, field);
        if (text.isEmpty()) {
            return null;
        }
        var zone = Caller.current().school().timeZone();
        return switch (WallClock.read(text, zone)) {
            case Read.At(var at) -> at;
            case Read.Twice(var first, var second) -> first;
            case Read.Never(var instead) -> {
                var shown = WallClock.said(instead);
                errors.add(new FieldError(field, say("rules.clocksNever", zone.getId(), shown)));
                yield null;
            }
            case Read.Unreadable u -> {
                errors.add(new FieldError(field, say("rules.noSuchMoment")));
                yield null;
            }
        };
    }

    private static String typed(Map<String, String> fields, String field) {
        return fields.getOrDefault(field, "").strip();
    }

    private static Map<String, String> kept(Map<String, String> fields) {
        var kept = new LinkedHashMap<>(fields);
        kept.remove("_csrf");
        return kept;
    }

    private Page page(Form form, HttpServletRequest request) {
        var units = new LinkedHashMap<String, String>();
        units.put(PERCENT, say("offers.coupon.percentUnit"));
        Currencies.with(List.of()).forEach(units::put);
        var offers = new LinkedHashMap<String, String>();
        coupons.targets().forEach(it -> offers.put(it.id().toString(), it.title()));
        var zone = Caller.current().school().timeZone().getId();
        return Page.of(
                "commerce/coupon",
                shells.personal(request, say("offers.coupon.new"), "sales"),
                new CouponView(form, units, offers, zone));
    }

    private static ResponseEntity<Void> seeOther(String done) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/admin/coupons?done=" + done))
                .build();
    }
}
