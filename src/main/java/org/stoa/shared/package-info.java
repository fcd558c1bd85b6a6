/**
 * What every module needs: identifiers, the clock, the problems a person may be told of, and the
 * words it is said with.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package org.stoa.shared;
