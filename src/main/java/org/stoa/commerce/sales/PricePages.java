package org.stoa.commerce.sales;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.people.StaffWho;
import org.stoa.commerce.Currencies;
import org.stoa.commerce.Office;
import org.stoa.commerce.PriceList;
import org.stoa.commerce.PriceRows;
import org.stoa.commerce.Prices;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.shared.Money;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where those who lead a course say what it costs. */
@Controller
public class PricePages {
    private static final int LEAST_ROWS = 2;
    private static final List<Money> NONE = List.of();
    private static final Map<String, String> NOTICES =
            Map.of("set", "sales.price.set", "free", "sales.price.madeFree");

    private final Prices prices;
    private final PaymentSettings settings;
    private final Shells shells;

    PricePages(Prices prices, PaymentSettings settings, Shells shells) {
        this.prices = prices;
        this.settings = settings;
        this.shells = shells;
    }

    /**
     * {@code commerce/price}; posts {@code amount} as it was typed and {@code currency}, once for
     * each row, to its own address, and nothing to {@code …/free}.
     *
     * @param now what the course costs, as it is said; empty where it is free
     * @param currencies to choose from, with their names
     * @param test no money moves at this school
     * @param admin the reader may change that
     */
    public record PriceView(
            String course,
            String now,
            Form form,
            List<PriceRows.Row> rows,
            Map<String, String> currencies,
            boolean test,
            boolean usable,
            boolean admin,
            String notice) {}

    @GetMapping("/studio/{course}/price")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Page price(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        var key = NOTICES.get(done);
        var rows = PriceRows.of(prices.of(course));
        return page(course, Form.empty(), rows, key == null ? "" : say(key), request);
    }

    @PostMapping("/studio/{course}/price")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Object set(
            @PathVariable String course,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletRequest request) {
        var rows = new PriceRows(fields);
        var errors = new ArrayList<FieldError>();
        var asked = rows.read("sales.price.nought", errors);
        if (rows.isEmpty()) {
            errors.add(new FieldError("", say("sales.price.none")));
        }
        var read = errors.isEmpty() ? PriceList.read(asked, PriceRows::field, errors) : NONE;
        if (errors.isEmpty()) {
            prices.set(course, read);
            return seeOther(course, "set");
        }
        var form = Form.refused(Map.of(), List.copyOf(errors));
        return page(course, form, rows.refused(form), "", request)
                .with(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @PostMapping("/studio/{course}/price/free")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    ResponseEntity<Void> free(@PathVariable String course) {
        prices.remove(course);
        return seeOther(course, "free");
    }

    private Page page(
            String course,
            Form form,
            List<PriceRows.Row> rows,
            String notice,
            HttpServletRequest request) {
        var setup = setup();
        var shown = PriceRows.open(rows, LEAST_ROWS);
        var now = prices.of(course).stream().map(Money::said).toList();
        var view =
                new PriceView(
                        course,
                        String.join(" · ", now),
                        form,
                        shown,
                        Currencies.with(PriceRows.currencies(shown)),
                        setup.test(),
                        setup.usable(),
                        Caller.current().isAtLeast(Role.ADMIN),
                        notice);
        return Page.of(
                "commerce/price", shells.personal(request, say("sales.price"), "studio"), view);
    }

    /** What a school takes money by is its administrators' to read; this much is a lead's too. */
    private PaymentSettings.Setup setup() {
        return Office.here().get(settings::current);
    }

    private static ResponseEntity<Void> seeOther(String course, String done) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/studio/" + course + "/price?done=" + done))
                .build();
    }
}
