package org.stoa.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.stoa.commerce.Shop;

/** Many people pay at the same moment for a course with one place. */
final class LastSeat {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private LastSeat() {}

    /**
     * What came of it.
     *
     * @param returned charges that went back whole
     * @param seconds until all of them had
     */
    record Result(
            int charged,
            int enrolled,
            long returned,
            long waiting,
            long deadlocks,
            double seconds) {}

    static Result run(ShopField field, int people) throws Exception {
        var shop = new Shop(field.port());
        var course = shop.course("Rigging", 4900);
        shop.limit(course, 1);
        var account = Purchases.account(field, shop);
        account.deliveries().repeat(0.1);
        account.deliveries().mix(Duration.ofMillis(300));
        ShopBooks.people(field, shop.host, people);
        var shoppers = new Shoppers(field, shop, account, List.of(course), 1);
        var books = new ShopBooks(field, account, shop.host, shoppers.sessions());
        long before = books.deadlocks();
        long begun = System.nanoTime();
        shoppers.rush(people);
        Result result;
        do {
            TimeUnit.MILLISECONDS.sleep(200);
            var payments = account.ledger().payments();
            result =
                    new Result(
                            payments.size(),
                            books.enrolled(),
                            payments.stream().filter(it -> it.refunded() == it.amount()).count(),
                            books.waiting(),
                            books.deadlocks() - before,
                            (System.nanoTime() - begun) / 1e9);
        } while ((result.enrolled() != 1
                        || result.returned() != people - 1
                        || result.waiting() != people - 1)
                && System.nanoTime() - begun < LIMIT.toNanos());
        return result;
    }
}
