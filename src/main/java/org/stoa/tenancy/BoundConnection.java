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
 */
final class BoundConnection implements InvocationHandler {
    /** Three parameters, bound last by {@link BoundStatement}; its one row is skipped there. */
    static final String PREFIX =
            "select set_config('stoa.organization', ?, true), set_config('stoa.person', ?, true),"
                    + " set_config('stoa.role', ?, true); ";

    static final int PREFIX_PARAMETERS = 3;

    private final Connection connection;
    private final Runnable released;
    private boolean bound;
    private boolean closed;

    private BoundConnection(Connection connection, Runnable released) {
        this.connection = connection;
        this.released = released;
    }

    /**
     * @param released runs once, when the connection has gone back
     */
    static Connection wrap(Connection connection, Runnable released) {
        return (Connection)
                Proxy.newProxyInstance(
                        BoundConnection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        new BoundConnection(connection, released));
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
            case "setAutoCommit", "commit" -> bound = false;
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
        boolean prefixed = !bound;
        if (prefixed) {
            arguments[0] = PREFIX + arguments[0];
        }
        var statement =
                (PreparedStatement) Objects.requireNonNull(call(connection, method, arguments));
        return BoundStatement.wrap((Connection) proxy, statement, this, prefixed);
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
        if (bound) {
            return;
        }
        if (connection.getAutoCommit()) {
            throw new UnsupportedOperationException(
                    "A plain statement outside a transaction cannot be bound; prepare it");
        }
        try (var statement = connection.prepareStatement(PREFIX)) {
            BoundStatement.bindCaller(statement);
            statement.execute();
        }
        bound = true;
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
