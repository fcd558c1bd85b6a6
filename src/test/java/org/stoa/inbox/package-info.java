@org.jspecify.annotations.NullMarked
package org.stoa.inbox;
