package org.stoa.tenancy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement that may carry a binding before it: its parameters are shifted past the
 * binding's own, and the binding's row is skipped in what it returns.
 */
final class BoundStatement implements InvocationHandler {
    private final Connection connection;
    private final PreparedStatement statement;
    private final BoundConnection owner;
    private final Prefix prefix;

    private BoundStatement(
            Connection connection,
            PreparedStatement statement,
            BoundConnection owner,
            Prefix prefix) {
        this.connection = connection;
        this.statement = statement;
        this.owner = owner;
        this.prefix = prefix;
    }

    static PreparedStatement wrap(
            Connection connection,
            PreparedStatement statement,
            BoundConnection owner,
            Prefix prefix) {
        return (PreparedStatement)
                Proxy.newProxyInstance(
                        BoundStatement.class.getClassLoader(),
                        new Class<?>[] {PreparedStatement.class},
                        new BoundStatement(connection, statement, owner, prefix));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "getConnection" -> {
                return connection;
            }
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" -> {
                return run(method, arguments);
            }
            case "addBatch", "executeBatch", "executeLargeBatch" ->
                    throw new UnsupportedOperationException(
                            "A batch cannot be bound; write the rows with unnest or jsonb");
            case "equals" -> {
                return proxy == Objects.requireNonNull(arguments)[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            default -> {
                return BoundConnection.call(statement, method, shifted(method, arguments));
            }
        }
    }

    private Object @Nullable [] shifted(Method method, Object @Nullable [] arguments) {
        if (arguments == null
                || arguments.length < 2
                || !method.getName().startsWith("set")
                || !(arguments[0] instanceof Integer index)) {
            return arguments;
        }
        arguments[0] = index + prefix.parameters();
        if (arguments[1] instanceof Instant instant) {
            arguments[1] = instant.atOffset(ZoneOffset.UTC);
        }
        return arguments;
    }

    private @Nullable Object run(Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null) {
            throw new UnsupportedOperationException("Prepare the statement instead");
        }
        if (prefix == Prefix.NONE) {
            return BoundConnection.call(statement, method, null);
        }
        prefix.bind(statement);
        OneTrip.keepTogether(OneTrip.parts(statement));
        statement.execute();
        owner.ran();
        boolean rows = statement.getMoreResults();
        return switch (method.getName()) {
            case "execute" -> rows;
            case "executeQuery" -> statement.getResultSet();
            case "executeUpdate" -> statement.getUpdateCount();
            default -> statement.getLargeUpdateCount();
        };
    }
}
