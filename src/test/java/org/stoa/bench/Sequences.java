package org.stoa.bench;

import java.io.File;
import java.util.List;

/** The generated sequences of orders and of subscriptions of the tests, many more of them. */
final class Sequences {
    private Sequences() {}

    /**
     * How many failed, as far as the first; what failed is printed with the seed that repeats it.
     */
    static int failed() throws Exception {
        int many = Integer.getInteger("stoa.ledger.sequences", 10_000);
        var command =
                List.of(
                        "./mvnw",
                        "--batch-mode",
                        "-q",
                        "surefire:test",
                        "-Dtest=org.stoa.commerce.*LedgerTest",
                        "-Dstoa.ledger.sequences=" + many,
                        "-Dstoa.ledger.seed="
                                + Long.getLong(
                                        "stoa.ledger.seed", new java.util.Random().nextInt()));
        System.out.println(String.join(" ", command));
        return new ProcessBuilder(command).directory(new File(".")).inheritIO().start().waitFor()
                        == 0
                ? 0
                : 1;
    }
}
