package org.stoa.messaging.notifications;

import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.stoa.interop.EndpointSwitchedOff;

/** Tells a school's administrators, inside Stoa, what waits for one of them. */
@Component
class AdminNews {
    private final NotificationStore store;
    private final Notifications notifications;

    AdminNews(NotificationStore store, Notifications notifications) {
        this.store = store;
        this.notifications = notifications;
    }

    @EventListener
    void on(EndpointSwitchedOff event) {
        notifications.tell(
                store.administrators(),
                "endpoint-off",
                Map.of("url", event.url()),
                "/admin/endpoints/" + event.endpoint(),
                "endpoint-off " + event.endpoint() + " " + event.delivery());
    }
}
