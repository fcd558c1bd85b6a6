/** What a school or the staff of a course tell many people at once, now or at a set time. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.announcements;
