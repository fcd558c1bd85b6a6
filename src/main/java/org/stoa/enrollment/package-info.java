/** Who learns what, and how far they are. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "tenancy",
            "web",
            "web::access",
            "web::cache",
            "web::live",
            "jobs",
            "identity",
            "identity::addresses",
            "media",
            "catalog",
            "catalog::rules",
            "catalog::people"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.enrollment;
