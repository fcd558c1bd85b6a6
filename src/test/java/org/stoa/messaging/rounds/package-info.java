/** Tests of what a school tells by the clock. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.rounds;
