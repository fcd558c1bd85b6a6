/** Starts and ends the program as a person does: real processes, signals, ports and folders. */
@org.jspecify.annotations.NullMarked
package org.stoa.launch;
