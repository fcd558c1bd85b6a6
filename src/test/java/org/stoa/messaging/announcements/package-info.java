/** Tests of what many people are told at once. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.announcements;
