/** By whom a school is paid, and the secrets that it takes. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.settings;
