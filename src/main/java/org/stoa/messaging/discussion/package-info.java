/** What is asked and answered under a lesson, by those who learn and teach the course. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.discussion;
