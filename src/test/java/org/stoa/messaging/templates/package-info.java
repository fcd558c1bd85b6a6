/** What becomes of a school's words. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.templates;
