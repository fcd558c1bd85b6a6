package org.stoa.web;

import java.util.List;
import java.util.Set;
import org.stoa.shared.Language;

/**
 * The frame around a page.
 *
 * @param title of the page, without the school's name
 * @param school its name, or {@code Stoa} on the platform's own site
 * @param language BCP 47 tag of what the page speaks; a course speaks its own inside
 * @param direction {@code ltr} or {@code rtl}
 * @param section the navigation's current entry: {@code catalog}, {@code learning}, {@code studio},
 *     {@code admin} (its members), {@code school}, {@code jobs}, {@code platform} (what is the
 *     installation's) or empty
 * @param platform the platform's own site rather than a school's
 * @param csrf the token for this page's forms; empty on pages that are the same for everyone
 * @param stylesheet address of the bundled stylesheet
 * @param inside address of what the player, the studio and the account need besides
 * @param desk address of what only the studio needs, after that
 * @param colours address of the school's own colours, after those; empty for a school that has none
 * @param news address of the worker that hears a person's news for all their open pages
 * @param script address of the bundled script
 * @param theme address of the script that chooses light or dark before anything is drawn
 * @param words addresses of what scripts say in this language
 * @param fonts addresses of the faces that every page needs
 * @param address the root of the site at hand, without a slash at the end
 * @param platformAddress the platform's root, without a slash at the end
 */
public record Shell(
        String title,
        String school,
        String language,
        String direction,
        String section,
        boolean platform,
        String csrf,
        String stylesheet,
        String inside,
        String desk,
        String colours,
        String news,
        String script,
        String theme,
        List<String> words,
        List<String> fonts,
        String address,
        String platformAddress) {
    /** The kinds of page that a visitor sees first; the common stylesheet has all of theirs. */
    public static final Set<String> OUTSIDE = Set.of("catalog", "course", "welcome");

    /** The languages that somebody may choose instead. */
    public List<Language> others() {
        return Language.all().stream().filter(l -> !l.tag().equals(language)).toList();
    }

    /** The letter on the school's mark. */
    public String initial() {
        return school.isEmpty()
                ? "S"
                : new String(Character.toChars(Character.toUpperCase(school.codePointAt(0))));
    }
}
