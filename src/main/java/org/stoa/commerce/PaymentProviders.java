package org.stoa.commerce;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Those who take payments, by the words that orders and settings name them by. */
@Component
class PaymentProviders {
    private final Map<String, PaymentProvider> all;

    PaymentProviders(List<PaymentProvider> all) {
        this.all =
                all.stream().collect(Collectors.toMap(PaymentProvider::name, Function.identity()));
    }

    boolean known(String name) {
        return all.containsKey(name);
    }

    /**
     * The one that an order was begun at.
     *
     * @throws ProviderTrouble when it is not there any more
     */
    PaymentProvider of(Order order) {
        var provider = all.get(order.provider());
        if (provider == null) {
            throw new ProviderTrouble(true, "There is no provider " + order.provider());
        }
        return provider;
    }
}
