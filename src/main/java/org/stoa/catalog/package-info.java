/** Courses, their drafts and their releases. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "shared",
            "tenancy",
            "web",
            "web::access",
            "web::cache",
            "web::live",
            "web::limits",
            "identity",
            "identity::members",
            "identity::invitations",
            "jobs",
            "media"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.catalog;
