package org.stoa.shared;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Stoa says to people, in the language of whoever it speaks to. The texts stand under {@code
 * words/}: a key begins with the name of its file, {@code identity.account.saved} is in {@code
 * identity.properties} and {@code identity_es.properties}.
 *
 * <p>Texts know a part of ICU's message format: {@code {0}} for an argument, {@code {0, plural, one
 * {# lesson} other {# lessons}}} and {@code {0, select, yes {…} other {…}}}. Braces are not quoted;
 * an apostrophe is an apostrophe. Numbers are written as the language groups them.
 */
public final class Words {
    private static final Logger log = LoggerFactory.getLogger(Words.class);
    private static final ScopedValue<Language> SPOKEN = ScopedValue.newInstance();
    private static final Object[] NOTHING = {};

    private Words() {}

    /** The text of this key. */
    public static String say(String key) {
        return phrase(key).said(NOTHING);
    }

    /** The text of this key with its arguments, the first of which is {@code {0}}. */
    public static String say(String key, Object... arguments) {
        return phrase(key).said(arguments);
    }

    /** The language that is spoken here: English where none was bound, as on the command line. */
    public static Language language() {
        return SPOKEN.isBound() ? SPOKEN.get() : Language.english();
    }

    /** Does the work with everything said in this language. */
    public static <T extends @org.jspecify.annotations.Nullable Object, X extends Throwable> T in(
            Language language, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(SPOKEN, language).call(work);
    }

    /** The words of a list, written in one text with commas between. */
    public static List<String> list(String key) {
        return List.of(say(key).split(",\\s*"));
    }

    private static Phrase phrase(String key) {
        var language = language();
        var phrase = language.phrase(key);
        if (phrase == null) {
            phrase = Language.english().phrase(key);
        }
        if (phrase == null) {
            log.warn("There is no text {}", key);
            return new Phrase.Plain(key);
        }
        return phrase;
    }
}
