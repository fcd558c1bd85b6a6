/** What is asked and answered under lessons. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.discussion;
