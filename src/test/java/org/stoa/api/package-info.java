/** The API as its callers see it: its description, and what it answers to anything at all. */
@org.jspecify.annotations.NullMarked
package org.stoa.api;
