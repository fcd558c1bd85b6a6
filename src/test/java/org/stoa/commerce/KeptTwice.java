package org.stoa.commerce;

import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.stoa.enrollment.Grants;
import org.stoa.jobs.DueJobs;
import org.stoa.testing.SetClock;

/** A test that keeps a school's ledger a second time, by simpler means. */
@SuppressWarnings("NullAway.Init")
abstract class KeptTwice {
    @Autowired OrderStore orders;
    @Autowired Settlements settlements;
    @Autowired Grants grants;
    @Autowired DueJobs due;
    @Autowired Clock clock;
    @Autowired ApplicationContext context;
    LedgerSchool ledger;
    private @LocalServerPort int port;

    @BeforeEach
    void open() {
        ledger = new LedgerSchool(port, context);
    }

    @AfterEach
    void putRight() {
        SetClock.of(clock).putRight();
    }
}
