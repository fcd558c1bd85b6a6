package org.stoa.inbox;

import java.util.List;
import java.util.UUID;

/** Knows which sources schools have added themselves, and their secrets. */
public interface SchoolSource {
    /** The secrets that serve now; empty when the school has no such source. */
    List<String> secrets(UUID school, String name);
}
