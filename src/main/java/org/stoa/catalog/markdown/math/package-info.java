/** Formulas in TeX's writing, set as MathML. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.markdown.math;
