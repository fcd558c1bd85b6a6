package org.stoa.web.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares who may call the route it stands beside. Stoa does not start with a route that declares
 * nothing.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {
    Who value();

    /** On which sites the route exists; elsewhere it is answered as if it were not there. */
    Site on() default Site.SCHOOL;

    /**
     * Who must own the object that the address names; refused callers get the 404 of absent ones.
     */
    Class<? extends Ownership> of() default Ownership.Open.class;

    /** The sites of an installation. */
    enum Site {
        SCHOOL,
        PLATFORM,
        BOTH
    }
}
