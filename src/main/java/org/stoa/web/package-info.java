/** How pages and calls are answered: access, problems, cached pages, live streams, limits. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"shared", "tenancy"})
@org.jspecify.annotations.NullMarked
package org.stoa.web;
