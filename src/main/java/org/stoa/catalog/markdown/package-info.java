/**
 * Markdown to HTML that is safe to send, with its headings, its plain text and its reading time.
 */
@org.springframework.modulith.NamedInterface("markdown")
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.markdown;
