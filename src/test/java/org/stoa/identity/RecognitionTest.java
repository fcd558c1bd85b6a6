package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Signals;
import org.stoa.testing.StoaTest;
import org.stoa.web.access.Credentials.Kind;
import org.stoa.web.live.EventStreams;

/** Knowing people again: on a node that just started, and as months go by. */
@StoaTest
class RecognitionTest {
    @LocalServerPort private int port;

    private final SessionStore store;
    private final Sessions sessions;
    private final EventStreams streams;
    private final Signals signals;
    private final Organizations organizations;
    private final Clock clock;
    private Organization halden;
    private Organization harbour;
    private UUID sam;

    @Autowired
    RecognitionTest(
            SessionStore store,
            Sessions sessions,
            EventStreams streams,
            Signals signals,
            Organizations organizations,
            Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.streams = streams;
        this.signals = signals;
        this.organizations = organizations;
        this.clock = clock;
    }

    @BeforeEach
    void aStudentOfOneOfTwoSchools() {
        var town = new Town(port);
        var school = town.school("halden");
        halden = organizations.bySubdomain(school.subdomain()).orElseThrow();
        harbour = organizations.bySubdomain(town.school("harbour").subdomain()).orElseThrow();
        sam = UUID.fromString(town.pupil(school).id());
    }

    @Test
    void aSessionOutlivesTheProcessThatBeganIt() {
        var secret = begin();
        var restarted = in(Duration.ZERO);
        var caller = restarted.recognise(Kind.COOKIE, halden, secret);
        assertThat(caller).isNotNull().extracting(Caller::person).isEqualTo(sam);
    }

    @Test
    void theCookieOfOneHostIsNothingAtAnother() {
        var secret = begin();
        assertThat(in(Duration.ZERO).recognise(Kind.COOKIE, harbour, secret)).isNull();
        assertThat(in(Duration.ZERO).recognise(Kind.COOKIE, null, secret)).isNull();
    }

    @Test
    void aSessionGoesOnWhileItIsUsedAndEndsThirtyDaysAfter() {
        var secret = begin();
        assertThat(seen(Duration.ofDays(31), secret)).isNull();
        assertThat(seen(Duration.ofDays(29), secret)).isNotNull();
        await().untilAsserted(() -> assertThat(seen(Duration.ofDays(58), secret)).isNotNull());
    }

    @Test
    void anEndedSessionIsForgottenByANodeThatKnewItWell() {
        var node = in(Duration.ZERO);
        var secret = begin();
        assertThat(node.recognise(Kind.COOKIE, halden, secret)).isNotNull();
        sessions.end(sam, sessions.signIn(secret).orElseThrow());
        assertThat(node.recognise(Kind.COOKIE, halden, secret)).isNull();
    }

    @Test
    void aCodeIsTooOldAfterAMinute() {
        var signIn = sessions.signIn(begin()).orElseThrow();
        var code = sessions.carry(sam, signIn, harbour.id(), "tie");
        var later = clock.instant().plusSeconds(61);
        assertThat(store.takeCode(Sessions.tied(code, "tie"), harbour.id(), later)).isEmpty();
    }

    private @Nullable Caller seen(Duration later, String secret) {
        return in(later).recognise(Kind.COOKIE, halden, secret);
    }

    private String begin() {
        return sessions.begin(sam, halden.id(), null, new Sessions.Device("A browser", "127.0.0.1"))
                .secret();
    }

    /** A node that was started just then. */
    private Recognition in(Duration later) {
        var lastSeen = new LastSeen(store);
        lastSeen.start();
        return new Recognition(store, lastSeen, streams, signals, Clock.offset(clock, later));
    }
}
