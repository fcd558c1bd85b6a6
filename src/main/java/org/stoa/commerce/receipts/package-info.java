/** What a buyer sees of what they bought. */
@org.springframework.modulith.NamedInterface("receipts")
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.receipts;
