@org.jspecify.annotations.NullMarked
package org.stoa.commerce.sales;
