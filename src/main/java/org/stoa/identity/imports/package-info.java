/** Lists of people brought in from a CSV. */
@org.jspecify.annotations.NullMarked
package org.stoa.identity.imports;
