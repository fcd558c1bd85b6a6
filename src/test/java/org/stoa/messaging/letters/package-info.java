/** What learners and their teachers write to each other. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.letters;
