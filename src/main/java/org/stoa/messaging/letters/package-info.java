/** What a learner of a course and its teachers write to each other. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.letters;
