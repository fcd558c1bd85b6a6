/** People, their memberships and how they sign in. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "tenancy",
            "inbox",
            "jobs",
            "web",
            "web::access",
            "web::cache",
            "web::live",
            "web::limits"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.identity;
