/** What a school sees of what it sold, and mends where money and access do not agree. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.sales;
