/** What every module needs: identifiers, the clock and the problems a person may be told of. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package org.stoa.shared;
