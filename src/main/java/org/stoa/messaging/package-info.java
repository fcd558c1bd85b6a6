/** What a school tells people, by mail and inside Stoa. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "tenancy",
            "web",
            "web::access",
            "web::live",
            "web::limits",
            "jobs",
            "identity",
            "identity::addresses",
            "identity::invitations",
            "catalog",
            "catalog::markdown",
            "catalog::people",
            "catalog::rules",
            "enrollment",
            "enrollment::waiting",
            "commerce",
            "commerce::receipts",
            "commerce::others",
            "interop"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.messaging;
