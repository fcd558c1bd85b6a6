package org.stoa.catalog.people;

import static org.stoa.shared.Words.say;

/** What somebody may do in a course they do not learn. */
public enum CourseRight {
    /** Read the draft, its history and its checks, and take it out. */
    SEE("people.right.teach"),
    /** Change the draft. */
    EDIT("people.right.edit"),
    /** See who learns it, and how far they are. */
    LEARNERS("people.right.learners"),
    /** Publish, withdraw, and settle who may learn it and when. */
    LEAD("people.right.lead"),
    /** Say who teaches it. */
    PEOPLE("people.right.name");

    private final String refusal;

    CourseRight(String refusal) {
        this.refusal = refusal;
    }

    /** Why somebody who sees the course may not do this, in a sentence. */
    public String refusal() {
        return say(refusal);
    }
}
