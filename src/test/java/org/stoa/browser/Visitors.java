package org.stoa.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stoa.browser.EveryPageAccessibleTest.Sight;
import org.stoa.browser.EveryPageAccessibleTest.Who;
import org.stoa.browser.Halden.Someone;

/** People who look at page after page, each in a browser of their own that they keep. */
final class Visitors {
    private final BrowserTest test;
    private final Map<String, BrowserContext> contexts = new HashMap<>();

    Visitors(BrowserTest test) {
        this.test = test;
    }

    /** A page of somebody who may see it, before it is opened. */
    Page page(Sight sight) {
        var key = sight.who() + (sight.platform() ? " at the platform" : "");
        return contexts.computeIfAbsent(key, it -> come(sight)).newPage();
    }

    private BrowserContext come(Sight sight) {
        var context = test.kept();
        if (sight.who() != Who.NOBODY) {
            var person = person(sight.who());
            if (sight.platform()) {
                BrowserTest.enter(context.newPage(), test.platform(), person.email(), "/schools");
            } else {
                test.signIn(context, person);
            }
        }
        return context;
    }

    private Someone person(Who who) {
        return switch (who) {
            case OWNER -> test.halden().owner;
            case LEARNER -> learner(test.halden());
            default -> test.halden().student("Bo Beginner");
        };
    }

    private static Someone learner(Halden school) {
        var person = school.student("Tove Lind");
        List.of("knots", "a-first-herbarium", "counting-birds", Halden.IOT)
                .forEach(course -> school.join(person, course));
        school.learn(person, "knots", 3);
        school.learn(person, "counting-birds", 2);
        school.learn(person, Halden.IOT, 6);
        return person;
    }
}
