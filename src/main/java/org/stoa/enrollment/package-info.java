/** Who learns what, and how far they are. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "catalog",
            "identity",
            "jobs",
            "shared",
            "tenancy",
            "web",
            "web::access",
            "web::cache",
            "web::live",
            "web::limits"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.enrollment;
