package org.stoa.tenancy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What must still be so when a transaction commits. Inside of {@link #call}, every transaction of
 * either database asks the function {@code hold_job} in its last moment, and a statement outside of
 * any transaction asks together with itself. Where the job's run is over, because another process
 * took it while this one stood still, nothing that this one does is kept.
 */
public final class Fence {
    /** PostgreSQL's word for a run that is over, from the function itself. */
    public static final String OVER = "SJ001";

    static final String CONDITION = "hold_job(?, ?, ?)";
    static final int PARAMETERS = 3;
    private static final ScopedValue<Fence> CURRENT = ScopedValue.newInstance();

    private final String kind;
    private final String id;
    private final long run;
    private boolean met;

    /**
     * @param kind the job's kind
     * @param id the job
     * @param run which taking of the job this is; another has another number
     */
    public Fence(String kind, String id, long run) {
        this.kind = kind;
        this.id = id;
        this.run = run;
    }

    static @Nullable Fence currentOrNull() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Runs the work behind this fence. */
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /**
     * The next commit of this thread need not ask, or must again. For the transaction that ends the
     * run itself, which has looked already and taken the row away.
     */
    public void met(boolean itself) {
        met = itself;
    }

    boolean isMet() {
        return met;
    }

    void bind(PreparedStatement statement, int first) throws SQLException {
        statement.setString(first, kind);
        statement.setString(first + 1, id);
        statement.setLong(first + 2, run);
    }
}
