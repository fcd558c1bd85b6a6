package org.stoa.commerce.others;

import static org.stoa.shared.Words.say;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.stoa.shared.Problem;
import org.stoa.web.access.Errand;

/** Takes the seat or the gift whose link somebody followed before they were signed in. */
@Component
class TakingErrand implements Errand {
    private static final Pattern ADDRESS =
            Pattern.compile("/(seats|gifts)/([A-Za-z0-9_-]{40,300})");

    private final TeamSeats seats;
    private final Gifts gifts;

    TakingErrand(TeamSeats seats, Gifts gifts) {
        this.seats = seats;
        this.gifts = gifts;
    }

    @Override
    public Optional<String> words(String address) {
        var named = ADDRESS.matcher(address);
        if (!named.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    named.group(1).equals("seats")
                            ? say("others.seat.errand", seats.look(named.group(2)).order().title())
                            : say(
                                    "others.gift.errand",
                                    gifts.look(named.group(2)).order().title()));
        } catch (Problem.NotFound gone) {
            return Optional.empty();
        }
    }

    @Override
    public String done(String address) {
        var named = ADDRESS.matcher(address);
        if (!named.matches()) {
            return address;
        }
        try {
            return named.group(1).equals("seats")
                    ? seats.take(named.group(2))
                    : gifts.take(named.group(2));
        } catch (Problem.Conflict | Problem.NotFound why) {
            // The page of the link says why.
            return address;
        }
    }
}
