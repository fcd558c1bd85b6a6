/** How search engines and the people who share an address see a school's courses. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.sharing;
