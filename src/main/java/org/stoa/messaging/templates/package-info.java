/** The words of mail, and how they become HTML and text. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.templates;
