package org.stoa.identity.addresses;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.stoa.shared.Secrets;

/**
 * Hands out the links that go to an address, to whoever sends the mail. A link is made at the
 * moment it is sent, so that no row of a job and no event ever holds one; what is kept of it is its
 * fingerprint. One that is sent again is another, and the first holds as well until one is used.
 */
@Service
public class AddressLinks {
    private final AddressStore store;
    private final Secrets secrets;
    private final Clock clock;

    AddressLinks(AddressStore store, Secrets secrets, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Whom a school writes to; empty when they do not belong to it any more. */
    public Optional<Recipient> recipient(UUID school, UUID person) {
        return store.recipient(school, person);
    }

    /** Whose an address is; empty for nobody's, which only who sends mail may know. */
    public Optional<UUID> personAt(String email) {
        return store.personAt(email);
    }

    /** The path of a link, below the root of a site; what was sent before holds on. */
    public String verify(Recipient to) {
        return "/confirm/" + made(to.person(), Purpose.VERIFY, to.email(), null);
    }

    /** The path of a link that sets another password. */
    public String reset(Recipient to) {
        return "/reset/" + made(to.person(), Purpose.RESET, to.email(), null);
    }

    /**
     * The link of a change that waits, to one of its two addresses.
     *
     * @param address where it is to be sent
     */
    public record ChangeLink(String address, String path, String oldAddress, String newAddress) {}

    /**
     * Empty when the change is over, or when its new address has an account: its owner has not
     * asked for anything.
     */
    public Optional<ChangeLink> change(UUID person, UUID change, Purpose end) {
        return store.change(person, change, clock.instant())
                .filter(it -> end == Purpose.LEAVE || store.personAt(it.newEmail()).isEmpty())
                .map(it -> {
                    var address = end == Purpose.LEAVE ? it.oldEmail() : it.newEmail();
                    return new ChangeLink(
                            address,
                            "/confirm/" + made(person, end, address, change),
                            it.oldEmail(),
                            it.newEmail());
                });
    }

    private String made(
            UUID person,
            Purpose purpose,
            String email,
            @org.jspecify.annotations.Nullable UUID change) {
        var token = secrets.next();
        var now = clock.instant();
        store.addLink(
                new AddressStore.Link(person, purpose, email, change),
                Secrets.fingerprint(token),
                now,
                now.plus(purpose.holds()));
        return token;
    }
}
