/** Common Cartridges and Canvas exports, read into the shape of a course's folder. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.cartridge;
