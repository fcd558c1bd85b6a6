/**
 * What a school tells by the clock rather than by an event: it looks again and again for lessons
 * that opened, for who stopped learning, and for what happened in a week.
 */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.rounds;
