package org.stoa.bench;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;

/**
 * The program's workers alone, in a process of their own that may be killed: no pages, no ports.
 * Its jobs write one row each into {@code bench.effects}, either as one transaction with their end
 * or, after a while as if another had been called, as the outcome of that.
 */
public final class JobWorker {
    /** What a job carries: its number, and how long its work takes. */
    record Numbered(int number, int millis) {}

    private JobWorker() {}

    /**
     * @param arguments settings, as {@code --stoa.jobs.bulk=4}; the database's are in the variable
     *     {@code STOA_BENCH_DATABASE}, one {@code key=value} a line
     */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(Setup.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(database())
                .run(arguments);
        System.out.println("working");
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> database() {
        var properties = new java.util.HashMap<String, Object>();
        System.getenv("STOA_BENCH_DATABASE")
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(pair -> properties.put(pair[0], pair[1]));
        return properties;
    }

    @ComponentScan(
            basePackages = {"org.stoa.shared", "org.stoa.tenancy", "org.stoa.jobs"},
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = "org\\.stoa\\.jobs\\.(desk\\..*|TestKinds|DueJobs|.*Test)"))
    @ImportAutoConfiguration(JacksonAutoConfiguration.class)
    static class Setup {
        @Bean
        Object kinds(Jobs jobs, JdbcClient jdbc) {
            for (var lane : JobKind.Lane.values()) {
                jobs.register(
                        new JobKind<>("bench-once-" + lane.word(), Numbered.class, lane)
                                .inOneTransaction(),
                        it -> {
                            pause(it);
                            write(jdbc, it, lane);
                        });
                jobs.register(
                        new JobKind<>("bench-calls-" + lane.word(), Numbered.class, lane),
                        it -> {
                            pause(it);
                            jobs.finish(() -> write(jdbc, it, lane));
                        });
                jobs.register(
                        new JobKind<>("bench-empty-" + lane.word(), Numbered.class, lane),
                        it -> {});
            }
            jobs.register(
                    new JobKind<>("bench-deadly", Numbered.class, JobKind.Lane.DEFAULT),
                    it -> Runtime.getRuntime().halt(9));
            return "registered";
        }

        private static void pause(Numbered job) throws InterruptedException {
            if (job.millis() > 0) {
                Thread.sleep(job.millis());
            }
        }

        private static void write(JdbcClient jdbc, Numbered job, JobKind.Lane lane) {
            jdbc.sql("insert into bench.effects values (:number, :lane, clock_timestamp())")
                    .param("number", job.number())
                    .param("lane", lane.priority())
                    .update();
        }
    }
}
