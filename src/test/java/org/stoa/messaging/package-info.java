/** Mail, as it leaves and as it is answered. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging;
