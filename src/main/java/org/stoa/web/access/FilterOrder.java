package org.stoa.web.access;

import org.springframework.core.Ordered;

/** The order in which a request passes the filters before Spring Security's own. */
public final class FilterOrder {
    public static final int LOG = Ordered.HIGHEST_PRECEDENCE + 10;
    public static final int HEADERS = Ordered.HIGHEST_PRECEDENCE + 20;
    public static final int BODIES = Ordered.HIGHEST_PRECEDENCE + 30;

    private FilterOrder() {}
}
