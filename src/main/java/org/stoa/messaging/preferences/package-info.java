/** What people want to be told, and when. */
@org.jspecify.annotations.NullMarked
package org.stoa.messaging.preferences;
