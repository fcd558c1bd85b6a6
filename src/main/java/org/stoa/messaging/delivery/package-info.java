/** Carrying mail: to a mail server, or to the mailbox page where there is none. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.delivery;
