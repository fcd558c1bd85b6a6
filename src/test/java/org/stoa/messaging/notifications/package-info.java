/** What people are told inside Stoa. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.notifications;
