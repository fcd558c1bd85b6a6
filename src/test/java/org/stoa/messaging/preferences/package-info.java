/** What people want to be told. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.preferences;
