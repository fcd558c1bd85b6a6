/** People, their memberships, how they sign in, and the start of schools. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "tenancy",
            "web",
            "web::access",
            "web::cache",
            "web::live",
            "web::limits"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.identity;
