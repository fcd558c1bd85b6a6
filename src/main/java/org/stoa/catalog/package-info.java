/**
 * Courses: what authors bring in and edit, their releases, and the catalog of the published ones.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "identity",
            "shared",
            "tenancy",
            "web",
            "web::access",
            "web::cache",
            "web::live",
            "web::limits"
        })
@org.jspecify.annotations.NullMarked
package org.stoa.catalog;
