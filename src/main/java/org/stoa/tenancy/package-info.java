/** Organizations, hosts, the caller, and the database bound to them. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"shared"})
@org.jspecify.annotations.NullMarked
package org.stoa.tenancy;
