package org.stoa.catalog.cartridge;

import org.jsoup.nodes.Element;

/**
 * What a lesson is made of.
 *
 * @param title its own, possibly empty
 * @param file where its text stands in the cartridge
 * @param firstLine of the text in that file
 */
record Material(String title, Element body, String file, int firstLine) {}
