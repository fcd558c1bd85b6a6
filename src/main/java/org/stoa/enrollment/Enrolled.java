package org.stoa.enrollment;

import java.util.UUID;

/** What came of the wish to enroll. */
public sealed interface Enrolled {
    /** The person is in, since now. */
    record Opened(UUID enrollment, UUID course) implements Enrolled {}

    /** The person was in before; nothing changed. */
    record Already(UUID enrollment, UUID course) implements Enrolled {}

    /** Every place is taken, of the course or of the cohort; nothing changed. */
    record Full(UUID course) implements Enrolled {}

    /** The course does not take them in now; nothing changed. */
    record Refused(UUID course, Admission why) implements Enrolled {}
}
