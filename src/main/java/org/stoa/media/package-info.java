/** Files: their bytes, what they are, and the sizes of pictures that pages need. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"shared", "tenancy", "jobs", "web", "web::access"})
@org.jspecify.annotations.NullMarked
package org.stoa.media;
