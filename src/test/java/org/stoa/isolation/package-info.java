/** Two schools on one installation: whatever one does, the other is as if it were not there. */
@org.jspecify.annotations.NullMarked
package org.stoa.isolation;
