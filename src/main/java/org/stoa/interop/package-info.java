/** A whole school as open files: handed out, and taken in by another installation. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "tenancy",
            "jobs",
            "web",
            "web::access",
            "web::limits",
            "identity",
            "identity::records",
            "catalog",
            "catalog::people",
            "catalog::records",
            "catalog::source",
            "enrollment",
            "enrollment::records"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.interop;
