package org.stoa.messaging;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The kinds of mail, how urgent each is, and what its template may name. */
public enum MailKind {
    VERIFY(Rank.SIGN_IN, Target.VERIFY),
    RESET(Rank.SIGN_IN, Target.RESET),
    CHANGE_OLD(Rank.SIGN_IN, Target.CHANGE_OLD, "newAddress"),
    CHANGE_NEW(Rank.SIGN_IN, Target.CHANGE_NEW, "oldAddress"),
    WELCOME(Rank.USUAL, Target.PATH),
    INVITATION(Rank.SIGN_IN, Target.INVITATION, "role"),
    ENROLLED(Rank.USUAL, Target.PATH, "course"),
    LESSON_OPEN(Rank.USUAL, Target.PATH, "course", "lesson"),
    RECEIPT(Rank.USUAL, Target.PATH, "course", "amount", "number"),
    RENEWAL_FAILED(Rank.USUAL, Target.PATH, "course", "amount"),
    SEAT(Rank.SIGN_IN, Target.INVITATION, "course", "who"),
    GIFT(Rank.SIGN_IN, Target.INVITATION, "course", "who", "text"),
    PLACE_FREE(Rank.USUAL, Target.PATH, "course", "until"),
    MESSAGE(Rank.USUAL, Target.PATH, "course", "who", "text"),
    ANNOUNCEMENT(Rank.BULK, Target.PATH, "course", "title", "text"),
    REMINDER(Rank.BULK, Target.PATH, "course", "lesson"),
    DIGEST(Rank.BULK, Target.PATH, "text");

    /** How urgent, and whether a person may do without it. */
    public enum Rank {
        /** Somebody waits for it, and cannot come in without it. */
        SIGN_IN,
        USUAL,
        BULK
    }

    /** Where its link leads. */
    public enum Target {
        VERIFY,
        RESET,
        CHANGE_OLD,
        CHANGE_NEW,
        INVITATION,
        /** To the path among its values. */
        PATH
    }

    private final Rank rank;
    private final Target target;
    private final List<String> names;

    MailKind(Rank rank, Target target, String... names) {
        this.rank = rank;
        this.target = target;
        this.names = List.of(names);
    }

    public Rank rank() {
        return rank;
    }

    /** Whether it goes whatever the person wants, and at any hour. */
    public boolean required() {
        return rank == Rank.SIGN_IN || this == RECEIPT || this == RENEWAL_FAILED;
    }

    public Target target() {
        return target;
    }

    /** As in the files of templates and in addresses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Which of these are Markdown that its sender wrote; it stands in a paragraph of its own. */
    public Set<String> markdown() {
        return this == ANNOUNCEMENT ? Set.of("text") : Set.of();
    }

    /** What a template of this kind may name: these, and nothing else. */
    public List<String> placeholders() {
        var all = new java.util.ArrayList<>(List.of("name", "school", "link"));
        all.addAll(names);
        return all;
    }
}
