package org.stoa.jobs;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * How db-scheduler takes due jobs: those of one lane, of the kinds that this program knows, each
 * with its attempt counted. What it does not know waits for a program that does.
 */
final class LanePickStore extends PostgreSqlJdbcCustomization {
    // db-scheduler hands on what it reads as consecutive failures: here, the number of the attempt.
    private static final String TAKE =
            """
            with taken as (
                update scheduled_tasks
                   set picked = true, picked_by = ?, last_heartbeat = ?, version = version + 1,
                       attempts = attempts + 1, started_at = clock_timestamp()
                 where ctid = any (array(
                       select ctid from scheduled_tasks
                        where not picked and priority = ? and execution_time between ? and ?
                          and task_name = any (?)
                        order by execution_time
                          for update skip locked
                        limit ?))
                returning *)
            select task_name, task_instance, task_data, execution_time, picked, picked_by,
                   last_success, last_failure, attempts as consecutive_failures, last_heartbeat,
                   version, priority, state
              from taken order by execution_time
            """;

    /** Longer than nearly every transaction that hands in a job for now. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration WHOLE_LOOK = Duration.ofSeconds(5);

    private final JobKind.Lane lane;
    private final String[] kinds;
    private final LanePace pace;
    private final int spare;
    private Instant from = Instant.EPOCH;
    private volatile Instant lookedWhole = Instant.EPOCH;

    /**
     * @param spare how many of what may be taken are more than there are threads
     */
    LanePickStore(JobKind.Lane lane, Set<String> kinds, LanePace pace, int spare) {
        super(false, false);
        this.lane = lane;
        this.kinds = kinds.toArray(String[]::new);
        this.pace = pace;
        this.spare = spare;
    }

    /** Some that had been taken wait again, in their old places. */
    void lookFromTheBeginning() {
        lookedWhole = Instant.EPOCH;
    }

    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext context, Instant now, int most, boolean byPriority) {
        int room = pace.isQuick() ? most : most - spare;
        if (room <= 0) {
            return List.of();
        }
        // Where an old transaction keeps the rows of jobs that are done from being cleared away,
        // the way to the first that waits leads past all of them. So it begins where the last one
        // stood, and from the beginning every few seconds, for what was committed late.
        boolean whole = lookedWhole.plus(WHOLE_LOOK).isBefore(now);
        var found = take(context, now, room, whole ? Instant.EPOCH : from);
        if (whole) {
            lookedWhole = now;
        }
        from = (found.isEmpty() ? now : found.getFirst().executionTime).minus(MARGIN);
        return found;
    }

    private List<Execution> take(
            JdbcTaskRepositoryContext context, Instant now, int most, Instant since) {
        return context.jdbcRunner.query(
                TAKE,
                (PreparedStatement statement) -> {
                    statement.setString(1, context.schedulerName.getName());
                    setInstant(statement, 2, now);
                    statement.setInt(3, lane.priority());
                    setInstant(statement, 4, since);
                    setInstant(statement, 5, now);
                    statement.setArray(6, statement.getConnection().createArrayOf("text", kinds));
                    statement.setInt(7, most);
                },
                context.resultSetMapper.get());
    }
}
