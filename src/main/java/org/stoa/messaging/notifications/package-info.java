/** What people are told inside Stoa, on every page and device of theirs. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.notifications;
