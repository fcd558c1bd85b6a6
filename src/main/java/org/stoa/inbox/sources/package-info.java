/** A school's own systems, which sign what they send. */
@org.jspecify.annotations.NullMarked
package org.stoa.inbox.sources;
