/** What administrators see of jobs, and what they may do with them. */
@org.springframework.modulith.NamedInterface("desk")
@org.jspecify.annotations.NullMarked
package org.stoa.jobs.desk;
