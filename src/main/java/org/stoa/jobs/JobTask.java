package org.stoa.jobs;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;

/** A kind of job as db-scheduler knows it. What becomes of a job is {@link JobExecution}'s. */
final class JobTask extends AbstractTask<byte[]> {
    private final JobExecution execution;
    private final LanePace pace;

    /**
     * @param backAgain told when a job whose process was lost waits again
     */
    JobTask(String kind, JobExecution execution, LanePace pace, Runnable backAgain) {
        super(
                kind,
                byte[].class,
                // What fails here could not be written: the job is found without its process.
                (complete, operations) -> {},
                (complete, operations) -> {
                    execution.lost(taken(execution, complete.getExecution()));
                    backAgain.run();
                });
        this.execution = execution;
        this.pace = pace;
    }

    @Override
    public CompletionHandler<byte[]> execute(
            TaskInstance<byte[]> instance, ExecutionContext context) {
        pace.time(() ->
                execution.run(
                        taken(execution, context.getExecution()),
                        () -> context.getSchedulerState().isShuttingDown()));
        return (complete, operations) -> {};
    }

    private static Taken taken(JobExecution execution, Execution row) {
        return execution.taken(
                row.taskInstance.getTaskName(),
                row.taskInstance.getId(),
                (byte[]) row.taskInstance.getData(),
                row.version,
                row.consecutiveFailures);
    }

    @Override
    public SchedulableInstance<byte[]> schedulableInstance(String id) {
        throw new UnsupportedOperationException("Jobs are handed in with Jobs.enqueue");
    }

    @Override
    public SchedulableInstance<byte[]> schedulableInstance(String id, byte[] data) {
        throw new UnsupportedOperationException("Jobs are handed in with Jobs.enqueue");
    }
}
