/** Carrying mail past servers that answer, refuse and break off. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.delivery;
