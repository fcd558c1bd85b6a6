/** Measures the program beside what it could at best be, and prints both with their ratio. */
@org.jspecify.annotations.NullMarked
package org.stoa.bench;
