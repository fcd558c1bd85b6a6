/** Streams of events to open pages. */
@org.springframework.modulith.NamedInterface("live")
@org.jspecify.annotations.NullMarked
package org.stoa.web.live;
