/** Webhooks that come in: verified, stored once, and followed by their effects. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"shared", "tenancy", "web", "web::access"})
@org.jspecify.annotations.NullMarked
package org.stoa.inbox;
