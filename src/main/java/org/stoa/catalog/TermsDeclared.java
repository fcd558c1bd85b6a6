package org.stoa.catalog;

import java.util.List;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.SourceTerms;

/**
 * A course came in with the terms on which it takes learners in, in the transaction at hand.
 *
 * @param report gets what could not be set, and why
 */
public record TermsDeclared(String course, SourceTerms terms, List<Finding> report) {}
