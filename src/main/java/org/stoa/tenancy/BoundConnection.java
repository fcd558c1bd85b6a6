package org.stoa.tenancy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection whose every transaction begins by naming the caller. In autocommit each statement
 * is its own transaction, so each carries the prefix; inside a transaction only the first does.
 * Behind a {@link Fence} every transaction also asks it: in autocommit with the prefix, otherwise
 * right before the commit.
 */
final class BoundConnection implements InvocationHandler {
    private final Connection connection;
    private final Runnable released;
    private final Prefix caller;
    private boolean bound;
    private boolean closed;

    private BoundConnection(Connection connection, Runnable released, Prefix caller) {
        this.connection = connection;
        this.released = released;
        this.caller = caller;
    }

    /**
     * @param released runs once, when the connection has gone back
     */
    static Connection wrap(Connection connection, Runnable released) {
        return wrap(new BoundConnection(connection, released, Prefix.CALLER));
    }

    /** Names no caller, and asks the {@link Fence} alone. */
    static Connection fenced(Connection connection) {
        return wrap(new BoundConnection(connection, () -> {}, Prefix.NONE));
    }

    private static Connection wrap(BoundConnection bound) {
        return (Connection)
                Proxy.newProxyInstance(
                        BoundConnection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        bound);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "prepareStatement" -> {
                return prepare(proxy, method, Objects.requireNonNull(arguments));
            }
            case "close" -> {
                close();
                return null;
            }
            case "createStatement" -> bindNow();
            case "prepareCall" ->
                    throw new UnsupportedOperationException("Call functions with select");
            case "setSavepoint" -> bindNow();
            case "setAutoCommit" -> bound = false;
            case "commit" -> {
                askFence();
                bound = false;
            }
            case "rollback" -> {
                // What was set after the savepoint is undone with it; the binding was set before.
                if (arguments == null || !(arguments[0] instanceof Savepoint)) {
                    bound = false;
                }
            }
            case "equals" -> {
                return proxy == Objects.requireNonNull(arguments)[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            default -> {}
        }
        return call(connection, method, arguments);
    }

    private Object prepare(Object proxy, Method method, Object[] arguments) throws Throwable {
        var prefix = bound ? Prefix.NONE : connection.getAutoCommit() ? caller.fenced() : caller;
        arguments[0] = prefix.sql() + arguments[0];
        var statement =
                (PreparedStatement) Objects.requireNonNull(call(connection, method, arguments));
        return BoundStatement.wrap((Connection) proxy, statement, this, prefix);
    }

    /** A statement with the prefix ran: inside a transaction, later ones need none. */
    void ran() throws SQLException {
        bound = !connection.getAutoCommit();
    }

    private void close() throws SQLException {
        try {
            connection.close();
        } finally {
            if (!closed) {
                closed = true;
                released.run();
            }
        }
    }

    private void bindNow() throws SQLException {
        if (bound || caller == Prefix.NONE) {
            return;
        }
        if (connection.getAutoCommit()) {
            throw new UnsupportedOperationException(
                    "A plain statement outside a transaction cannot be bound; prepare it");
        }
        try (var statement = connection.prepareStatement(caller.sql())) {
            caller.bind(statement);
            statement.execute();
        }
        bound = true;
    }

    // Whoever commits must not be left with an open transaction where the fence refuses: Spring
    // would set autocommit again, and that commits.
    private void askFence() throws SQLException {
        var fence = Fence.currentOrNull();
        if (fence == null || fence.isMet()) {
            return;
        }
        try (var statement = connection.prepareStatement("select " + Fence.CONDITION)) {
            fence.bind(statement, 1);
            statement.execute();
        } catch (SQLException over) {
            connection.rollback();
            throw over;
        }
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
