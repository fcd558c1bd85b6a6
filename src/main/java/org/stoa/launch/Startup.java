package org.stoa.launch;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** When this process began, on the scale of {@link System#nanoTime()}. */
final class Startup {
    static final long NANOS =
            System.nanoTime()
                    - TimeUnit.MILLISECONDS.toNanos(
                            ManagementFactory.getRuntimeMXBean().getUptime());

    private Startup() {}
}
