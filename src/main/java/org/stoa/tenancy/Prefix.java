package org.stoa.tenancy;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What travels before a statement, in the same trip and the same transaction. */
enum Prefix {
    NONE("", 0),
    CALLER(
            "select set_config('stoa.organization', ?, true), set_config('stoa.person', ?, true),"
                    + " set_config('stoa.role', ?, true); ",
            3),
    FENCE("select " + Fence.CONDITION + "; ", Fence.PARAMETERS),
    CALLER_AND_FENCE(
            CALLER.sql.replace("; ", ", " + Fence.CONDITION + "; "),
            CALLER.parameters + Fence.PARAMETERS);

    private final String sql;
    private final int parameters;

    Prefix(String sql, int parameters) {
        this.sql = sql;
        this.parameters = parameters;
    }

    String sql() {
        return sql;
    }

    int parameters() {
        return parameters;
    }

    /** With the fence too, where there is one. */
    Prefix fenced() {
        if (Fence.currentOrNull() == null) {
            return this;
        }
        return this == CALLER ? CALLER_AND_FENCE : FENCE;
    }

    /** Sets its parameters to the current caller and fence; empty where there is no caller. */
    void bind(PreparedStatement statement) throws SQLException {
        int next = 1;
        if (this == CALLER || this == CALLER_AND_FENCE) {
            bindCaller(statement);
            next += CALLER.parameters;
        }
        var fence = Fence.currentOrNull();
        if (fence != null && (this == FENCE || this == CALLER_AND_FENCE)) {
            fence.bind(statement, next);
        }
    }

    private static void bindCaller(PreparedStatement statement) throws SQLException {
        var caller = Caller.currentOrNull();
        var organization = caller == null ? null : caller.organization();
        var person = caller == null ? null : caller.person();
        var role = caller == null || caller.suspended() ? null : caller.role();
        statement.setString(1, organization == null ? "" : organization.id().toString());
        statement.setString(2, person == null ? "" : person.toString());
        statement.setString(3, role == null ? "" : role.word());
    }
}
