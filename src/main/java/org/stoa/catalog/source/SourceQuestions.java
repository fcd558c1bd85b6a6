package org.stoa.catalog.source;

import java.util.List;

/**
 * A quiz or a bank of questions that came with a course, as it came.
 *
 * @param path of its file in what was brought in
 * @param kind {@code quiz} or {@code bank}
 * @param xml IMS QTI 1.2, in Base64
 * @param settings what Canvas says of the quiz beside its questions, in Base64; empty for nothing
 */
public record SourceQuestions(
        String path,
        String kind,
        String title,
        List<Question> questions,
        String xml,
        String settings) {
    /**
     * @param title its own, or how its text begins
     * @param kind a word like {@code essay}; empty where the file does not say
     */
    public record Question(String title, String kind) {}
}
