/** What is sold, who bought it, and the access that follows from the money. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "tenancy",
            "web",
            "web::access",
            "web::live",
            "web::limits",
            "jobs",
            "inbox",
            "identity",
            "catalog",
            "catalog::prices",
            "catalog::people",
            "enrollment",
            "enrollment::waiting"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.commerce;
