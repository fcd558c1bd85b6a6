/** When lessons open and courses take learners in: the rules as they are set, and what they say. */
@org.springframework.modulith.NamedInterface("rules")
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.rules;
