/** People and schools as Clerk keeps them: by webhooks, by its API, and by its session tokens. */
@org.jspecify.annotations.NullMarked
package org.stoa.identity.clerk;
