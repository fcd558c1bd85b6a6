/** What is bought for others: seats for a team, and gifts. */
@org.springframework.modulith.NamedInterface("others")
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.others;
