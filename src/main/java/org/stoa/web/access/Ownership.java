package org.stoa.web.access;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;

/** Whether the object that an address names is the caller's to touch. */
public interface Ownership {
    /**
     * @param names the variables of the route's path, by name
     */
    boolean holds(Caller caller, Map<String, String> names);

    /** No one object is named, or every caller with the role may touch it. */
    @Component
    final class Open implements Ownership {
        @Override
        public boolean holds(Caller caller, Map<String, String> names) {
            return true;
        }
    }
}
