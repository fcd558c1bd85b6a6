package org.stoa.catalog;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A course as its learners read it: frozen when it was published, never changed. Made from the
 * release's document.
 */
public final class Release {
    private final UUID id;
    private final UUID courseId;
    private final int number;
    private final Instant publishedAt;
    private final String slug;
    private final String note;
    private final ReleaseDocument document;
    private final List<ReleaseLesson> lessons;
    private final List<ReleaseLesson> counted;
    private final List<Integer> strokes;
    private final Map<UUID, ReleaseLesson> byId = new HashMap<>();
    private final Map<String, ReleaseLesson> bySlug = new HashMap<>();

    public Release(
            UUID id,
            UUID courseId,
            int number,
            Instant publishedAt,
            String slug,
            String note,
            ReleaseDocument document) {
        this.id = id;
        this.courseId = courseId;
        this.number = number;
        this.publishedAt = publishedAt;
        this.slug = slug;
        this.note = note;
        this.document = document;
        this.lessons = document.modules().stream().flatMap(m -> m.lessons().stream()).toList();
        var required = lessons.stream().filter(it -> it.rules().counts()).toList();
        this.counted = required.isEmpty() ? lessons : required;
        this.strokes =
                document.modules().stream()
                        .map(it -> (int) it.lessons().stream().filter(this::counts).count())
                        .filter(it -> it > 0)
                        .toList();
        for (var lesson : lessons) {
            byId.put(lesson.id(), lesson);
            bySlug.put(lesson.slug(), lesson);
        }
    }

    public UUID id() {
        return id;
    }

    public UUID courseId() {
        return courseId;
    }

    public int number() {
        return number;
    }

    public Instant publishedAt() {
        return publishedAt;
    }

    public String slug() {
        return slug;
    }

    /** What its authors say is new; may be empty. */
    public String note() {
        return note;
    }

    public String title() {
        return document.title();
    }

    public ReleaseDocument document() {
        return document;
    }

    public List<ReleaseModule> modules() {
        return document.modules();
    }

    /** Every lesson, in the course's order. */
    public List<ReleaseLesson> lessons() {
        return lessons;
    }

    /**
     * The lessons that make up how far somebody is: the required ones, in the course's order. Where
     * none is required, all count; otherwise such a course could be neither begun nor finished.
     */
    public List<ReleaseLesson> counted() {
        return counted;
    }

    public boolean counts(ReleaseLesson lesson) {
        return counted.size() == lessons.size() || lesson.rules().counts();
    }

    /** How many lessons count in each module that has any that do: the strokes of its meter. */
    public List<Integer> strokes() {
        return strokes;
    }

    public Optional<ReleaseLesson> lesson(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** As they stand in the outline: {@code 1.1}. */
    List<String> numbers(List<UUID> lessons) {
        return lessons.stream()
                .flatMap(it -> lesson(it).stream())
                .map(ReleaseLesson::number)
                .toList();
    }

    public Optional<ReleaseLesson> lesson(String slug) {
        return Optional.ofNullable(bySlug.get(slug));
    }
}
