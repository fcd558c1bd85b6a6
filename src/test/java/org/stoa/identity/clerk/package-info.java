@org.jspecify.annotations.NullMarked
package org.stoa.identity.clerk;
