package org.stoa.testing;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Many who do something in the same moment. */
public final class AtOnce {
    private AtOnce() {}

    /** All of these, each in a thread of its own; what came of them, in their order. */
    public static <T> List<T> all(Collection<? extends Callable<T>> calls)
            throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(it -> it.resultNow()).toList();
        }
    }
}
