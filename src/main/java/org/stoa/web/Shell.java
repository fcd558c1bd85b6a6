package org.stoa.web;

import java.util.List;
import java.util.Set;

/**
 * The frame around a page.
 *
 * @param title of the page, without the school's name
 * @param school its name, or {@code Stoa} on the platform's own site
 * @param language BCP 47 tag of the school
 * @param section the navigation's current entry: {@code catalog}, {@code learning}, {@code studio},
 *     {@code admin} (its members), {@code school} or empty
 * @param platform the platform's own site rather than a school's
 * @param csrf the token for this page's forms; empty on pages that are the same for everyone
 * @param stylesheet address of the bundled stylesheet
 * @param inside address of what the player, the studio and the account need besides
 * @param script address of the bundled script
 * @param theme address of the script that chooses light or dark before anything is drawn
 * @param fonts addresses of the faces that every page needs
 * @param platformAddress the platform's root, without a slash at the end
 */
public record Shell(
        String title,
        String school,
        String language,
        String section,
        boolean platform,
        String csrf,
        String stylesheet,
        String inside,
        String script,
        String theme,
        List<String> fonts,
        String platformAddress) {
    /** The kinds of page that a visitor sees first; the common stylesheet has all of theirs. */
    public static final Set<String> OUTSIDE = Set.of("catalog", "course", "welcome");

    /** The letter on the school's mark. */
    public String initial() {
        return school.isEmpty()
                ? "S"
                : new String(Character.toChars(Character.toUpperCase(school.codePointAt(0))));
    }
}
