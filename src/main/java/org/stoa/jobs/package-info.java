/** Durable work that follows from a change and is written with it. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"shared", "tenancy", "web", "web::access"})
@org.jspecify.annotations.NullMarked
package org.stoa.jobs;
