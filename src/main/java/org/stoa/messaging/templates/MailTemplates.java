package org.stoa.messaging.templates;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.identity.Entry;
import org.stoa.messaging.MailKind;
import org.stoa.shared.Language;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;

/** The words of each kind of mail in each language: the school's own, else Stoa's. */
@Service
public class MailTemplates {
    private final TemplateStore store;
    private final Clock clock;
    private final Map<String, MailTemplate> ours = new ConcurrentHashMap<>();

    MailTemplates(TemplateStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What is to be sent. */
    public MailTemplate of(MailKind kind, Language language) {
        return store.find(kind, language.tag()).orElseGet(() -> ours(kind, language));
    }

    /** The kinds whose words in a language are the school's own. */
    Set<String> own(Language language) {
        return store.kinds(language.tag());
    }

    /**
     * @throws Problem.Invalid for {@code subject} and {@code body}, with the line of what is wrong
     */
    void keep(MailKind kind, Language language, MailTemplate template) {
        require(kind, template);
        store.keep(kind, language.tag(), template, clock.instant());
    }

    /** Back to Stoa's own words. */
    void forget(MailKind kind, Language language) {
        store.forget(kind, language.tag());
    }

    /** Where answers to the school's mail go; empty for nowhere. */
    public String replyTo() {
        return store.replyTo();
    }

    /**
     * @param email empty for nowhere
     * @throws Problem.Invalid for {@code replyTo}
     */
    void answersGoTo(String email) {
        var errors = new ArrayList<FieldError>();
        if (!email.isBlank()) {
            Entry.email("replyTo", email, errors);
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        store.answersGoTo(email.strip());
    }

    /**
     * How a template will read, with made-up values; nothing is kept.
     *
     * @param words its HTML without what mail programs need around it
     */
    record Preview(Letter letter, String words) {}

    Preview preview(MailKind kind, Language language, MailTemplate template, String site) {
        require(kind, template);
        var school = Caller.current().school();
        var accent = school.accent();
        var frame =
                new Frame(
                        school.name(),
                        site,
                        accent == null ? "" : accent,
                        language.tag(),
                        language.direction(),
                        "");
        return Words.in(
                language,
                () -> {
                    var values = samples(kind, school.name(), site);
                    return new Preview(
                            Writing.write(template, values, frame),
                            Writing.words(template, values, frame));
                });
    }

    private static Map<String, String> samples(MailKind kind, String school, String site) {
        var values = new HashMap<String, String>();
        kind.placeholders().forEach(name -> values.put(name, say("mail.sample", name)));
        values.put("school", school);
        values.put("link", site + "/courses");
        return values;
    }

    private static void require(MailKind kind, MailTemplate template) {
        var errors = Placeholders.check(kind, template);
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
    }

    /** Stoa's own words, from {@code mail/}. */
    MailTemplate ours(MailKind kind, Language language) {
        return ours.computeIfAbsent(
                kind.word() + " " + language.tag(), key -> read(kind, language));
    }

    static MailTemplate read(MailKind kind, Language language) {
        var suffix = language.equals(Language.english()) ? "" : "_" + language.tag();
        var text = text("/mail/" + kind.word() + suffix + ".md");
        return MailTemplate.of(
                text == null ? String.valueOf(text("/mail/" + kind.word() + ".md")) : text);
    }

    private static @Nullable String text(String name) {
        try (var file = MailTemplates.class.getResourceAsStream(name)) {
            return file == null ? null : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
