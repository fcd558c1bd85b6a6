package org.stoa.commerce.testcheckout;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.commerce.payouts.PayoutProvider;
import org.stoa.commerce.payouts.Statement;
import org.stoa.commerce.settings.PaymentSettings;

/** Where no money moves, none is paid out. */
@Component
class TestPayouts implements PayoutProvider {
    @Override
    public String name() {
        return PaymentSettings.TEST;
    }

    @Override
    public Statement statement(@Nullable String after, int limit) {
        return new Statement.Untold(Statement.Why.TEST);
    }
}
