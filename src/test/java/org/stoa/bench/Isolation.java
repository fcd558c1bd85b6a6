package org.stoa.bench;

import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.stoa.testing.MixedLoad;
import org.stoa.testing.MixedLoad.Call;

/** Mixed requests of a hundred schools over eight connections, with errors and cancelled ones. */
final class Isolation {
    private static final int CONNECTIONS = 8;

    private Isolation() {}

    /** How many answers named a school that was not their own. */
    static long run(int requests) throws InterruptedException, ExecutionException {
        var seen =
                new MixedLoad(
                                Server.PORT,
                                Pattern.compile("Bench School (\\d{3})"),
                                Isolation::call)
                        .drive(CONNECTIONS, requests);
        seen.wrong().stream().limit(20).forEach(System.out::println);
        if (seen.naming() < requests / 2) {
            throw new IllegalStateException("Only " + seen.naming() + " answers named any school");
        }
        return seen.wrong().size();
    }

    private static Call call(RandomGenerator random) {
        int learner = random.nextInt(Seed.LEARNERS);
        int course = learner % Seed.COURSES;
        int lesson = random.nextInt(Seed.LESSONS);
        int school = learner / Seed.LEARNERS_OF_SCHOOL;
        var id =
                "00000000-0000-7000-8006-%012x"
                        .formatted((school * 12L + course) * Seed.LESSONS + lesson);
        var progress = "/api/v1/me/lessons/" + id + "/progress";
        return switch (random.nextInt(10)) {
            case 0 -> get(learner, "/courses/course-" + course);
            case 1 -> get(learner, "/api/v1/courses?q=cours");
            case 2 -> get(learner, "/learn");
            case 3 -> get(learner, "/api/v1/courses/course-" + course);
            case 4 -> put(learner, progress, "{\"status\":\"started\",\"positionSeconds\":1}");
            case 5 -> get(learner, "/courses/there-is-none");
            case 6 -> put(learner, progress, "{\"status\":");
            case 7 -> get(learner, "/api/v1/me/enrollments");
            default -> get(learner, "/learn/course-" + course + "/lesson-" + lesson);
        };
    }

    private static Call get(int learner, String path) {
        return call(learner, "GET", path, "");
    }

    private static Call put(int learner, String path, String body) {
        return call(learner, "PUT", path, body);
    }

    private static Call call(int learner, String method, String path, String body) {
        return new Call(
                "%03d".formatted(learner / Seed.LEARNERS_OF_SCHOOL),
                Seed.school(learner) + ".localhost:" + Server.PORT,
                method,
                path,
                Seed.token(learner),
                body);
    }
}
