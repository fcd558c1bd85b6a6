package org.stoa.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Kinds of jobs for tests, whose work each test says by the name it hands in. */
@Component
public class TestKinds {
    /** What a test's job carries. */
    public record Named(String name) {}

    public static final JobKind<Named> ANY =
            new JobKind<>("test-any", Named.class, JobKind.Lane.DEFAULT).attempts(3);
    public static final JobKind<Named> ONCE =
            new JobKind<>("test-once", Named.class, JobKind.Lane.DEFAULT).inOneTransaction();
    public static final JobKind<Named> HASTY =
            new JobKind<>("test-hasty", Named.class, JobKind.Lane.BULK)
                    .timeLimit(Duration.ofMillis(200))
                    .attempts(1);
    public static final JobKind<Named> LIMITED =
            new JobKind<>("test-limited", Named.class, JobKind.Lane.BULK)
                    .perSchool(new JobKind.Limit(2, Duration.ofMinutes(1)));
    public static final JobKind<Named> YEARLY =
            new JobKind<>("test-yearly", Named.class, JobKind.Lane.BULK).attempts(1);

    /** The names of all of them. */
    static final Set<String> NAMES =
            Stream.of(ANY, ONCE, HASTY, LIMITED, YEARLY)
                    .map(JobKind::name)
                    .collect(Collectors.toUnmodifiableSet());

    // Of all programs that tests keep running, whichever takes a job does the same.
    private static final Map<String, Jobs.Work<Named>> works = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    TestKinds(Jobs jobs) {
        for (var kind : java.util.List.of(ANY, ONCE, HASTY, LIMITED)) {
            jobs.register(kind, this::work);
        }
        jobs.recurInEachSchool(
                YEARLY, new Named("yearly"), Rhythm.every(Duration.ofDays(365)), this::work);
    }

    /** Says what the jobs of this name do; those without a word do nothing. */
    public void when(String name, Jobs.Work<Named> work) {
        works.put(name, work);
    }

    /** How often the work of this name began. */
    public int count(String name) {
        return counts.computeIfAbsent(name, it -> new AtomicInteger()).get();
    }

    private void work(Named named) throws Exception {
        counts.computeIfAbsent(named.name(), it -> new AtomicInteger()).incrementAndGet();
        works.getOrDefault(named.name(), it -> {}).run(named);
    }
}
