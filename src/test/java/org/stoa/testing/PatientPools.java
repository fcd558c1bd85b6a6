package org.stoa.testing;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Lets tests wait for a connection for as long as a machine takes that gives them little of its
 * time. What the program does when it waits in vain is shown by tests that set {@link #IMPATIENT}.
 */
public final class PatientPools implements BeanPostProcessor {
    /** The property of a test in which a pool is as the program has it. */
    public static final String IMPATIENT = PatientPools.KEY + "=true";

    private static final String KEY = "stoa.test.impatient";

    private static final int MILLIS = 20_000;

    PatientPools() {}

    static boolean wanted(Environment environment) {
        return !environment.containsProperty(KEY);
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            pool.setConnectionTimeout(MILLIS);
        }
        return bean;
    }
}
