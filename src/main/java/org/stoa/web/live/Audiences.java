package org.stoa.web.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Signals;

/**
 * Who has something open that others change, so that only those are told of it. News are hints to
 * ask again: whoever asks is asked whether they may see it, and who misses one asks by and by.
 */
@Component
public class Audiences {
    private static final String SIGNAL = "watching";

    private final Signals signals;
    private final EventStreams streams;
    private final Clock clock;
    private final Map<Seat, Map<UUID, Instant>> watching = new ConcurrentHashMap<>();

    Audiences(Signals signals, EventStreams streams, Clock clock) {
        this.signals = signals;
        this.streams = streams;
        this.clock = clock;
        signals.listen(SIGNAL, this::hear);
    }

    private record Seat(UUID school, String what) {}

    /**
     * The caller, who may see it, has it open, and will for a while.
     *
     * @param what what is open, one word
     */
    public void join(String what, Duration forSoLong) {
        var caller = Caller.current();
        var seat = new Seat(caller.school().id(), what);
        var known = watching.getOrDefault(seat, Map.of()).get(caller.personId());
        // Whoever asks often is not said to every node each time.
        if (known == null || known.isBefore(clock.instant().plus(forSoLong.dividedBy(2)))) {
            var said =
                    seat.school()
                            + " "
                            + caller.personId()
                            + " "
                            + what
                            + " "
                            + forSoLong.toSeconds();
            // Here at once: what this node tells next is for them too.
            hear(said);
            signals.send(SIGNAL, said);
        }
    }

    /** Sends an event to everybody at the caller's school who has this open, after the commit. */
    public void tell(String what, String event, String data) {
        var school = Caller.current().school().id();
        var now = clock.instant();
        watching.getOrDefault(new Seat(school, what), Map.of())
                .forEach((person, until) -> {
                    if (until.isAfter(now)) {
                        streams.send(school, person, event, data);
                    }
                });
    }

    private void hear(String text) {
        var parts = text.split(" ", 4);
        var now = clock.instant();
        watching.values().forEach(people -> people.values().removeIf(it -> it.isBefore(now)));
        watching.values().removeIf(Map::isEmpty);
        watching.compute(
                new Seat(UUID.fromString(parts[0]), parts[2]),
                (seat, people) -> {
                    var kept = people == null ? new ConcurrentHashMap<UUID, Instant>() : people;
                    kept.put(UUID.fromString(parts[1]), now.plusSeconds(Long.parseLong(parts[3])));
                    return kept;
                });
    }
}
