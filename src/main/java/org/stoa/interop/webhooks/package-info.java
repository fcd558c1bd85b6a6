/** What happens in a school, told to addresses that its administrators named. */
@org.jspecify.annotations.NullMarked
package org.stoa.interop.webhooks;
