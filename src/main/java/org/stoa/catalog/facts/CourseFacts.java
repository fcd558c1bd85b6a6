package org.stoa.catalog.facts;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.shared.Characters;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/**
 * Writes what a course says of itself. The school's lists of categories, tags and levels are those
 * that its drafts use; renaming one goes through all of them.
 */
@Service
public class CourseFacts {
    private static final int MOST_OUTCOMES = 50;
    private static final int MOST_TAGS = 30;

    private final FactsStore store;
    private final Clock clock;

    CourseFacts(FactsStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What the school's drafts use, by name. */
    public record Lists(List<String> categories, List<String> tags, List<String> levels) {}

    /** A word of a list, and how many drafts use it. */
    public record Used(String name, int courses) {}

    /**
     * @throws Problem.NotFound when there is no such course, or the caller does not teach it
     */
    public Facts of(String course) {
        return store.find(course).orElseThrow(() -> new Problem.NotFound(say("people.notYours")));
    }

    public Lists lists() {
        var categories = new ArrayList<String>();
        var tags = new ArrayList<String>();
        var levels = new ArrayList<String>();
        store.words()
                .forEach(it -> {
                    switch (it.kind()) {
                        case "category" -> categories.add(it.name());
                        case "tag" -> tags.add(it.name());
                        default -> levels.add(it.name());
                    }
                });
        return new Lists(categories, tags, levels);
    }

    /**
     * @throws Problem.Invalid naming each wrong field
     */
    @Transactional
    public void write(String course, Facts typed) {
        var errors = new ArrayList<FieldError>();
        if (typed.title().isBlank()) {
            errors.add(new FieldError("title", say("studio.typed.title")));
        }
        hold("title", typed.title(), 200, errors);
        hold("summary", typed.summary(), 2_000, errors);
        hold("audience", typed.audience(), 2_000, errors);
        hold("level", typed.level(), 60, errors);
        hold("category", typed.category(), 100, errors);
        if (!typed.language().matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")) {
            errors.add(new FieldError("language", say("studio.facts.tag")));
        }
        typed.outcomes().forEach(it -> hold("outcomes", it, 500, errors));
        typed.tags().forEach(it -> hold("tags", it, 60, errors));
        if (typed.outcomes().size() > MOST_OUTCOMES) {
            errors.add(new FieldError("outcomes", say("studio.facts.lines")));
        }
        if (typed.tags().size() > MOST_TAGS) {
            errors.add(new FieldError("tags", say("studio.facts.mostTags")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        store.write(course, stripped(typed), clock.instant());
    }

    /** The categories of the school's drafts, by name. */
    public List<Used> categories() {
        return store.categories();
    }

    /**
     * Renames a category in every draft; the one it is given may be another's, then they are one.
     * Learners see it from each course's next release on.
     *
     * @throws Problem.Invalid for the field {@code name}
     */
    @Transactional
    public int rename(String category, String name) {
        if (!Caller.current().isAtLeast(Role.ADMIN)) {
            throw new Problem.Forbidden(say("studio.facts.admins"));
        }
        var errors = new ArrayList<FieldError>();
        hold("name", name, 100, errors);
        if (name.isBlank()) {
            errors.add(new FieldError("name", say("identity.entry.name")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        return store.rename(category, name.strip(), clock.instant());
    }

    private static Facts stripped(Facts typed) {
        return new Facts(
                typed.title().strip(),
                typed.summary().strip(),
                words(typed.outcomes()),
                typed.audience().strip(),
                typed.level().strip(),
                typed.language().strip(),
                typed.category().strip(),
                words(typed.tags()));
    }

    private static List<String> words(List<String> typed) {
        return List.copyOf(
                new LinkedHashSet<>(
                        typed.stream().map(String::strip).filter(it -> !it.isEmpty()).toList()));
    }

    private static void hold(String field, String text, int most, List<FieldError> errors) {
        if (text.strip().length() > most) {
            errors.add(new FieldError(field, say("studio.facts.length", most)));
        } else if (text.codePoints().anyMatch(it -> hidden(field, it))) {
            errors.add(new FieldError(field, say("studio.facts.unseen")));
        }
    }

    /** A summary may have lines; nothing else may. */
    private static boolean hidden(String field, int point) {
        boolean lines = field.equals("summary") || field.equals("audience");
        return !(lines && (point == '\n' || point == '\r')) && Characters.hidden(point);
    }
}
