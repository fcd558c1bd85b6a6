@org.jspecify.annotations.NullMarked
package org.stoa.interop.webhooks;
