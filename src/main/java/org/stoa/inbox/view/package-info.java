/** What came in and what became of it, for those who look after it. */
@org.jspecify.annotations.NullMarked
package org.stoa.inbox.view;
