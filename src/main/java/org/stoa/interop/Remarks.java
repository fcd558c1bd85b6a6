package org.stoa.interop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.source.Finding;

/** What could not be carried over, as far as somebody would read it. */
final class Remarks {
    private static final int MOST = 2_000;

    private final List<Finding> findings = new ArrayList<>();
    private long left;

    /**
     * @param line from 1; null where no one line is meant
     */
    void add(String file, @Nullable Integer line, String message) {
        add(Finding.warning(file, line, message));
    }

    void add(Finding finding) {
        if (findings.size() < MOST) {
            findings.add(finding);
        } else {
            left++;
        }
    }

    List<Finding> all() {
        var all = new ArrayList<>(findings);
        if (left > 0) {
            all.add(Finding.warning("", null, "And " + left + " more of the kind."));
        }
        return List.copyOf(all);
    }
}
