/** The command line, the embedded PostgreSQL and the demonstration school. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "tenancy",
            "identity",
            "catalog",
            "catalog::source",
            "enrollment",
            "interop",
            "jobs::desk"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.launch;
