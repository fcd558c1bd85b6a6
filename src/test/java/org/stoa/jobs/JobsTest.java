package org.stoa.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.jobs.TestKinds.Named;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;

/** The life of a job, from the transaction that hands it in to its end. */
@StoaTest
class JobsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Jobs jobs;
    private final DueJobs due;
    private final TestKinds kinds;
    private final JobRunner runner;
    private final RunStore runs;
    private final Planner planner;
    private final JdbcClient jdbc;
    private final ServiceDatabase service;
    private final TransactionTemplate transactions;
    private final SetClock clock;
    private final Ids ids;
    private Organization school;
    private String name = "";

    @Autowired
    JobsTest(
            Jobs jobs,
            DueJobs due,
            TestKinds kinds,
            JobRunner runner,
            RunStore runs,
            Planner planner,
            JdbcClient jdbc,
            ServiceDatabase service,
            PlatformTransactionManager transactions,
            Clock clock,
            Ids ids) {
        this.jobs = jobs;
        this.due = due;
        this.kinds = kinds;
        this.runner = runner;
        this.runs = runs;
        this.planner = planner;
        this.jdbc = jdbc;
        this.service = service;
        this.transactions = new TransactionTemplate(transactions);
        this.clock = SetClock.of(clock);
        this.ids = ids;
    }

    @BeforeEach
    void aSchool() {
        school = new Organization(ids.next(), "jobs-" + UUID.randomUUID(), "Halden", "en", null);
        service.sql(
                        """
                        insert into organizations (id, subdomain, name, created_at)
                        values (:id, :subdomain, 'Halden', now())
                        """)
                .param("id", school.id())
                .param("subdomain", school.subdomain())
                .update();
        name = UUID.randomUUID().toString();
    }

    @AfterEach
    void theClockIsRight() {
        clock.putRight();
    }

    @Test
    void aJobIsThereIfAndOnlyIfItsCauseWasKept() throws Exception {
        office(() ->
                transactions.executeWithoutResult(status -> {
                    jobs.enqueue(TestKinds.ANY, new Named(name));
                    status.setRollbackOnly();
                }));
        assertThat(runDue()).isZero();
        office(() -> jobs.enqueue(TestKinds.ANY, new Named(name)));
        runDue();
        assertThat(kinds.count(name)).isOne();
    }

    @Test
    void aJobForLaterWaitsUntilThen() {
        office(() -> jobs.enqueue(TestKinds.ANY, new Named(name), clock.instant().plus(HOUR)));
        runDue();
        assertThat(kinds.count(name)).isZero();
        clock.pass(HOUR);
        runDue();
        assertThat(kinds.count(name)).isOne();
    }

    @Test
    void ofTwoWithOneKeyThereIsOneAsLongAsItWaits() throws Exception {
        var later = clock.instant().plus(HOUR);
        var job = Job.of(TestKinds.ANY, new Named(name)).key("k").at(later);
        var first = callOffice(() -> jobs.enqueue(job));
        // In a transaction that goes on: nothing of it is lost by the clash.
        var second =
                callOffice(() ->
                        transactions.execute(status -> {
                            var id = jobs.enqueue(job);
                            jobs.enqueue(TestKinds.ANY, new Named(name), later);
                            return id;
                        }));
        assertThat(second).isEqualTo(first);
        clock.pass(HOUR);
        runDue();
        assertThat(kinds.count(name)).isEqualTo(2);
        assertThat(callOffice(() -> jobs.enqueue(job))).isNotEqualTo(first);
    }

    @Test
    void anotherSchoolsKeyIsAnotherJob() throws Exception {
        var job = Job.of(TestKinds.ANY, new Named(name)).key("k").at(clock.instant().plus(HOUR));
        var first = callOffice(() -> jobs.enqueue(job));
        aSchool();
        assertThat(callOffice(() -> jobs.enqueue(job))).isNotEqualTo(first);
    }

    /** Otherwise it could run before what the second caller wrote can be seen. */
    @Test
    void aJobThatWasJoinedIsNotTakenBeforeWhoJoinedItHasCommitted() throws Exception {
        var job = Job.of(TestKinds.ANY, new Named(name)).key("k");
        var soon = clock.instant().plus(HOUR);
        callOffice(() -> jobs.enqueue(job.at(soon)));
        clock.pass(HOUR);
        office(() ->
                transactions.executeWithoutResult(status -> {
                    jobs.enqueue(job.at(soon));
                    assertThat(take()).isEmpty();
                }));
        runDue();
        assertThat(kinds.count(name)).isOne();
    }

    @Test
    void manyWhoHandInTheSameAtOnceHandInOne() throws Exception {
        var job = Job.of(TestKinds.ANY, new Named(name)).key("k").at(clock.instant().plus(HOUR));
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                many.submit(() -> callOffice(() -> jobs.enqueue(job)));
            }
        }
        assertThat(waiting()).isOne();
    }

    @Test
    void whatIsCancelledIsNotDone() throws Exception {
        var id =
                callOffice(() ->
                        jobs.enqueue(TestKinds.ANY, new Named(name), clock.instant().plus(HOUR)));
        var other = new Organization(ids.next(), "x", "X", "en", null);
        assertThat(Caller.office(other).call(() -> jobs.cancel(id))).isFalse();
        assertThat(callOffice(() -> jobs.cancel(id))).isTrue();
        assertThat(callOffice(() -> jobs.cancel(id))).isFalse();
        clock.pass(HOUR);
        assertThat(runDue()).isZero();
        assertThat(state(id)).isEqualTo("cancelled");
    }

    @Test
    void aFailureIsTriedAgainLaterAndLaterAndThenDeadWithItsHistory() throws Exception {
        kinds.when(
                name,
                it -> {
                    throw new IllegalStateException("The mail server said no; password=hunter22");
                });
        var id = callOffice(() -> jobs.enqueue(TestKinds.ANY, new Named(name)));
        await().untilAsserted(() -> {
            clock.pass(HOUR);
            runDue();
            assertThat(state(id)).isEqualTo("dead");
        });
        assertThat(kinds.count(name)).isEqualTo(3);
        var history =
                service.sql(
                                """
                                select number || ' ' || outcome || ' ' || error from job_attempts
                                 where job_id = :id order by ended_at
                                """)
                        .param("id", id)
                        .query(String.class)
                        .list();
        assertThat(history).hasSize(3);
        assertThat(history.getFirst()).startsWith("1 failed").contains("The mail server said no");
        assertThat(history.getFirst()).doesNotContain("hunter22");
    }

    @Test
    void workThatTakesTooLongIsInterruptedAndFailed() throws Exception {
        kinds.when(name, it -> new CountDownLatch(1).await());
        var id = callOffice(() -> jobs.enqueue(TestKinds.HASTY, new Named(name)));
        runDue();
        await().untilAsserted(() -> assertThat(state(id)).isEqualTo("dead"));
        assertThat(outcome(id)).isEqualTo("timed out");
    }

    @Test
    void whatAnOvertakenRunWritesIsNotKept() throws Exception {
        var overtaken = new AtomicBoolean();
        var refused = new AtomicBoolean();
        kinds.when(
                name,
                it -> {
                    if (overtaken.compareAndSet(false, true)) {
                        overtake(JobRun.current().id());
                        try {
                            write(name + " in a transaction");
                        } catch (RuntimeException over) {
                            refused.set(true);
                        }
                        rename(name + " alone");
                    } else {
                        write(name + " by the other");
                    }
                });
        callOffice(() -> jobs.enqueue(TestKinds.ANY, new Named(name)));
        await().untilAsserted(() -> {
            clock.pass(HOUR);
            runDue();
            assertThat(kinds.count(name)).isEqualTo(2);
        });
        assertThat(refused).isTrue();
        assertThat(schoolName()).isEqualTo(name + " by the other");
    }

    @Test
    void workOfOneTransactionEndsWithItsJobOrNotAtAll() throws Exception {
        var first = new AtomicBoolean(true);
        kinds.when(
                name,
                it -> {
                    rename(name);
                    if (first.getAndSet(false)) {
                        overtake(JobRun.current().id());
                    }
                });
        var id = callOffice(() -> jobs.enqueue(TestKinds.ONCE, new Named(name)));
        await().untilAsserted(() -> {
            clock.pass(HOUR);
            runDue();
            assertThat(state(id)).isEqualTo("done");
        });
        assertThat(kinds.count(name)).isEqualTo(2);
        assertThat(schoolName()).isEqualTo(name);
    }

    @Test
    void theOutcomeOfACallIsWrittenWithTheEndOfItsJob() throws Exception {
        kinds.when(name, it -> jobs.finish(() -> rename(name)));
        var id = callOffice(() -> jobs.enqueue(TestKinds.ANY, new Named(name)));
        runDue();
        assertThat(state(id)).isEqualTo("done");
        assertThat(schoolName()).isEqualTo(name);
    }

    @Test
    void aJobThatEndsItsProcessThreeTimesIsDead() throws Exception {
        var id =
                callOffice(() ->
                        jobs.enqueue(
                                TestKinds.LIMITED, new Named(name), clock.instant().plus(HOUR)));
        for (int i = 1; i <= 3; i++) {
            clock.pass(HOUR);
            var taken = take().getFirst();
            assertThat(taken.attempt()).isEqualTo(i);
            runs.begun(taken);
            runner.execution().lost(taken);
        }
        assertThat(state(id)).isEqualTo("dead");
        assertThat(outcome(id)).isEqualTo("lost");
    }

    @Test
    void aJobThatHadOnlyBeenTakenIsNotToBlameForItsProcessAgain() throws Exception {
        var id =
                callOffice(() ->
                        jobs.enqueue(
                                TestKinds.LIMITED, new Named(name), clock.instant().plus(HOUR)));
        clock.pass(HOUR);
        runner.execution().lost(take().getFirst());
        for (int i = 0; i < 4; i++) {
            clock.pass(HOUR);
            var taken = take().getFirst();
            assertThat(taken.attempt()).isEqualTo(2);
            runner.execution().lost(taken);
        }
        clock.pass(HOUR);
        runDue();
        assertThat(state(id)).isEqualTo("done");
    }

    @Test
    void aSchoolsLimitLetsSoManyBeginAndTheOthersLater() throws Exception {
        for (int i = 0; i < 5; i++) {
            office(() -> jobs.enqueue(TestKinds.LIMITED, new Named(name)));
        }
        await().untilAsserted(() -> {
            runDue();
            assertThat(turns()).isEqualTo(3);
        });
        assertThat(kinds.count(name)).isEqualTo(2);
        clock.pass(HOUR);
        runDue();
        assertThat(kinds.count(name)).isEqualTo(5);
    }

    @Test
    void aJobOfThePlatformReachesTheServiceDatabaseAndIsItsOwn() throws Exception {
        kinds.when(
                name,
                it -> {
                    assertThat(Caller.current().organization()).isNull();
                    service.sql("update organizations set name = :name where id = :id")
                            .param("name", name)
                            .param("id", school.id())
                            .update();
                });
        var id = jobs.enqueue(Job.of(TestKinds.ONCE, new Named(name)).forThePlatform());
        await().untilAsserted(() -> assertThat(state(id)).isEqualTo("done"));
        assertThat(schoolName()).isEqualTo(name);
        var inService =
                service.inTransaction(() ->
                        jobs.enqueue(Job.of(TestKinds.ANY, new Named(name)).forThePlatform()));
        await().untilAsserted(() -> assertThat(state(inService)).isEqualTo("done"));
    }

    @Test
    void whatThisProgramDoesNotKnowWaitsForOneThatDoes() throws Exception {
        var unknown = new JobKind<>("test-of-another-version", Named.class, JobKind.Lane.BULK);
        office(() -> jobs.enqueue(unknown, new Named(name)));
        runDue();
        assertThat(waiting()).isOne();
    }

    @Test
    void theJobsOfASchoolThatIsGoneEnd() throws Exception {
        var gone = ids.next();
        var id =
                service.inTransaction(
                        () -> jobs.enqueue(Job.of(TestKinds.ANY, new Named(name)).forSchool(gone)));
        await().untilAsserted(() -> assertThat(state(id)).isEqualTo("cancelled"));
        assertThat(kinds.count(name)).isZero();
    }

    @Test
    void recurringWorkIsPlannedOnceHoweverManyPlanIt() {
        var now = clock.instant();
        planner.plan(now);
        planner.plan(now);
        planner.plan(now.plusSeconds(1));
        assertThat(
                        service.sql(
                                        """
                                        select count(*) from scheduled_tasks
                                         where task_name = 'test-yearly-in-each-school'
                                        """)
                                .query(Integer.class)
                                .single())
                .isOne();
    }

    /** Else an hour without the other side were an hour's worth of dead letters. */
    @Test
    void aRoundThatFailsIsTriedAgainAndNeverDead() throws Exception {
        kinds.when(
                name,
                it -> {
                    throw new IllegalStateException("The other side is away");
                });
        var id = callOffice(() -> jobs.enqueue(TestKinds.YEARLY, new Named(name)));
        // A dozen tries are due within an hour; were more time to pass, there would always be one.
        clock.pass(HOUR);
        await().untilAsserted(() -> {
            runDue();
            assertThat(kinds.count(name)).isGreaterThan(4);
        });
        assertThat(state(id)).isEqualTo("not ended");
        assertThat(waiting()).isOne();
        kinds.when(name, it -> {});
        clock.pass(HOUR);
        await().untilAsserted(() -> {
            runDue();
            assertThat(state(id)).isEqualTo("done");
        });
    }

    @Test
    void noSchoolHandsInForAnother() {
        assertThatThrownBy(() ->
                        office(() ->
                                jobs.enqueue(
                                        Job.of(TestKinds.ANY, new Named(name))
                                                .forSchool(ids.next()))))
                .isInstanceOf(RuntimeException.class);
    }

    /** As another process does that has not heard of this one for long. */
    private void overtake(UUID id) {
        service.sql(
                        """
                        update scheduled_tasks set picked = false, version = version + 1
                         where task_instance = :id
                        """)
                .param("id", id.toString())
                .update();
    }

    private void write(String text) {
        transactions.executeWithoutResult(status -> rename(text));
    }

    private void rename(String text) {
        jdbc.sql("update organizations set name = :name").param("name", text).update();
    }

    private String schoolName() {
        return service.sql("select name from organizations where id = :id")
                .param("id", school.id())
                .query(String.class)
                .single();
    }

    private void office(Runnable work) {
        Caller.office(school).run(work);
    }

    private <T> T callOffice(java.util.concurrent.Callable<T> work) throws Exception {
        return Caller.office(school).call(work);
    }

    // The school's own rounds may become due at any moment: they are not this test's.
    private int runDue() {
        return due.run(school.id(), TestKinds.NAMES);
    }

    private List<Taken> take() {
        return due.take(school.id(), TestKinds.NAMES);
    }

    private int waiting() {
        return service.sql(
                        """
                        select count(*) from scheduled_tasks
                         where at_organization = :id and task_name like 'test-%'
                        """)
                .param("id", school.id())
                .query(Integer.class)
                .single();
    }

    private int turns() {
        return service.sql(
                        """
                        select count(*) from scheduled_tasks where at_organization = :id and has_turn
                           and task_name like 'test-%'
                        """)
                .param("id", school.id())
                .query(Integer.class)
                .single();
    }

    private String state(UUID id) {
        return service.sql("select state from finished_jobs where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse("not ended");
    }

    private String outcome(UUID id) {
        return service.sql("select outcome from job_attempts where job_id = :id limit 1")
                .param("id", id)
                .query(String.class)
                .single();
    }
}
