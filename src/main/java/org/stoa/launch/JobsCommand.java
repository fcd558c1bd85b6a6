package org.stoa.launch;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.stoa.jobs.desk.JobDesk;
import org.stoa.jobs.desk.JobLife;
import org.stoa.jobs.desk.JobSummary;
import org.stoa.tenancy.Caller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Jobs on the command line: how the lanes do, one job's life, taking back and replaying. */
@Command(
        name = "jobs",
        description = "See jobs, take them back and replay dead ones, beside a running server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  stoa jobs                               the lanes, and the jobs that are dead",
            "  stoa jobs --state open --school demo    what waits and runs for one school",
            "  stoa jobs show ID                       one job's life",
            "  stoa jobs replay ID                     have a dead job tried again",
            "  stoa jobs replay --kind make-pictures   all dead ones of a kind; --all: of every kind",
        })
final class JobsCommand implements Callable<Integer> {
    private static final int MOST = 50;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandLineTool tool;

    @Option(names = "--school", description = "One school's alone, by its subdomain.")
    private @Nullable String school;

    @Option(
            names = "--state",
            description = "waiting, running, open, done, dead, cancelled or joined (dead).",
            defaultValue = "dead")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String state;

    @Option(names = "--kind", description = "One kind of job alone.")
    private @Nullable String kind;

    @Option(names = "--data", description = "The data folder (data).")
    private @Nullable String data;

    @Override
    public Integer call() throws Exception {
        return with(
                data,
                school,
                desk -> {
                    var search = new JobDesk.Search(state, kind == null ? "" : kind, "");
                    var some = desk.list(search, null, MOST);
                    System.out.printf(
                            "%-10s %9s %9s %9s %11s %7s%n",
                            "lane", "waiting", "running", "oldest", "done/minute", "dead");
                    for (var lane : desk.lanes()) {
                        System.out.printf(
                                Locale.ROOT,
                                "%-10s %9d %9d %7d s %11d %7d%n",
                                lane.lane().word(),
                                lane.waiting(),
                                lane.running(),
                                lane.oldest().toSeconds(),
                                lane.done(),
                                lane.dead());
                    }
                    System.out.println();
                    some.items().forEach(JobsCommand::line);
                    System.out.println(
                            some.items().isEmpty()
                                    ? none()
                                    : some.nextCursor() == null ? "" : "There are older ones.");
                    return 0;
                });
    }

    private String none() {
        return state.equals("dead") && kind == null ? "Nothing is dead." : "There is none.";
    }

    @Command(name = "show", description = "One job's life.", mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "ID", description = "The job.") UUID id,
            @Option(names = "--data", description = "The data folder (data).")
                    @Nullable String data)
            throws Exception {
        return with(
                data,
                null,
                desk -> {
                    print(desk.life(id));
                    return 0;
                });
    }

    @Command(name = "cancel", description = "Take a job back.", mixinStandardHelpOptions = true)
    int cancel(
            @Parameters(paramLabel = "ID", description = "The job.") UUID id,
            @Option(names = "--data", description = "The data folder (data).")
                    @Nullable String data)
            throws Exception {
        return with(
                data,
                null,
                desk -> {
                    desk.cancel(id);
                    System.out.println("Taken back.");
                    return 0;
                });
    }

    @Command(
            name = "replay",
            description = "Have dead jobs tried again.",
            mixinStandardHelpOptions = true)
    int replay(
            @Parameters(paramLabel = "ID", arity = "0..1", description = "The job.")
                    @Nullable UUID id,
            @Option(names = "--kind", description = "All dead ones of this kind.")
                    @Nullable String kind,
            @Option(names = "--all", description = "All that are dead.") boolean all,
            @Option(names = "--school", description = "One school's alone, by its subdomain.")
                    @Nullable String school,
            @Option(names = "--data", description = "The data folder (data).")
                    @Nullable String data)
            throws Exception {
        if (id == null && kind == null && !all) {
            throw new Refusal("Say which job, or --kind KIND, or --all.");
        }
        return with(
                data,
                school,
                desk -> {
                    if (id != null) {
                        desk.replay(id);
                        System.out.println("It waits again.");
                    } else {
                        System.out.println(
                                "The server replays them; how far it is: stoa jobs show "
                                        + desk.replayAll(kind == null ? "" : kind));
                    }
                    return 0;
                });
    }

    private static void line(JobSummary job) {
        System.out.printf(
                Locale.ROOT,
                "%s  %-9s %-24s %-14s %3d  %s%n",
                job.id(),
                job.state(),
                job.kind(),
                job.school() == null ? "(platform)" : job.school(),
                job.attempts(),
                job.brief());
    }

    private static void print(JobLife life) {
        line(life.job());
        System.out.println("handed in " + life.job().enqueuedAt());
        for (var event : life.events()) {
            System.out.printf(
                    Locale.ROOT,
                    "%s  %s, attempt %d, %d ms, %s%n%s%n",
                    event.endedAt(),
                    event.outcome(),
                    event.number(),
                    event.took().toMillis(),
                    event.by(),
                    event.error().indent(4).stripTrailing());
        }
        System.out.println(life.payload());
    }

    /** Work with the desk. */
    private interface Work {
        int with(JobDesk desk) throws Exception;
    }

    private int with(@Nullable String data, @Nullable String school, Work work) throws Exception {
        if (school != null) {
            try (var office = Office.open(tool, data, school)) {
                return office.call(context -> work.with(desk(context)));
            }
        }
        try (var program = Office.program(tool, data)) {
            return Caller.anonymous(null).call(() -> work.with(desk(program.context())));
        }
    }

    private static JobDesk desk(ConfigurableApplicationContext context) {
        return context.getBean(JobDesk.class);
    }
}
