package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.identity.Town.PASSWORD;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.messaging.Post;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import org.stoa.web.limits.RateLimits;

/** Whose an address is, in a town with two schools and no mail server. */
@StoaTest
class AddressesTest {
    private static final String OTHER = "another long walk along the sea";

    @LocalServerPort private int port;

    private final ServiceDatabase service;
    private final RateLimits limits;
    private final Post post;
    private Town town;
    private Town.School halden;
    private Town.School harbour;

    @Autowired
    AddressesTest(ServiceDatabase service, RateLimits limits) {
        this.service = service;
        this.limits = limits;
        post = new Post(service);
    }

    @BeforeEach
    void aTownWithTwoSchools() {
        town = new Town(port);
        halden = town.school("halden");
        harbour = town.school("harbour");
    }

    @AfterEach
    void forgetWhoAsked() {
        for (var name : List.of("forgot", "address-link")) {
            limits.reset(
                    new RateLimits.Rule(name, 1, java.time.Duration.ofMinutes(1)), "127.0.0.1");
        }
    }

    @Test
    void whoSignsUpLearnsAtOnceAndProvesTheirAddressLater() {
        var sam = town.pupil(halden);
        assertThat(town.me(halden, sam.token()).text("role")).isEqualTo("student");
        var visitor = signedIn(sam.email(), PASSWORD);
        assertThat(visitor.open(halden.subdomain(), "/account").body())
                .contains("not confirmed yet");
        assertThat(visitor.open(halden.subdomain(), "/learn").body()).contains("not confirmed yet");
        var link = post.kept("verify", sam.email()).path();
        // Programs that look through mail open every link: that alone confirms nothing.
        var stranger = new Visitor(port);
        assertThat(stranger.open(halden.subdomain(), link).body()).contains(sam.email());
        assertThat(proved(sam.email())).isFalse();
        assertThat(stranger.submit(halden.subdomain(), link, Map.of()).body())
                .contains("Your address is confirmed");
        assertThat(proved(sam.email())).isTrue();
        assertThat(visitor.open(halden.subdomain(), "/account").body())
                .doesNotContain("not confirmed yet");
        assertThat(post.kept("welcome", sam.email()).text()).contains("/courses");
    }

    @Test
    void aForgottenPasswordIsSetOnceAndEverySignInEnds() {
        var sam = town.pupil(halden);
        var visitor = signedIn(sam.email(), PASSWORD);
        ask(halden, sam.email());
        var link = post.kept("reset", sam.email()).path();
        var stranger = new Visitor(port);
        assertThat(stranger.open(halden.subdomain(), link).status()).isEqualTo(200);
        var tooShort = stranger.submit(halden.subdomain(), link, Map.of("password", "short"));
        assertThat(tooShort.status()).isEqualTo(422);
        assertThat(stranger.submit(halden.subdomain(), link, Map.of("password", OTHER)).body())
                .contains("another one now");
        assertThat(visitor.peek(halden.subdomain(), "/account").status()).isEqualTo(303);
        assertThat(town.signIn(halden, sam.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(town.signIn(halden, sam.email(), OTHER).status()).isEqualTo(201);
        // Once is once, also for its page.
        assertThat(stranger.open(halden.subdomain(), link).status()).isEqualTo(404);
        assertThat(stranger.submit(halden.subdomain(), link, Map.of("password", PASSWORD)).status())
                .isEqualTo(404);
        assertThat(town.signIn(halden, sam.email(), OTHER).status()).isEqualTo(201);
        // Whoever read the mail has shown that the address is theirs.
        assertThat(proved(sam.email())).isTrue();
    }

    @Test
    void tokensEndWhereThePersonSaysSo() {
        for (boolean end : new boolean[] {false, true}) {
            var sam = town.pupil(halden);
            var token =
                    town.as(
                                    "POST",
                                    halden,
                                    "/api/v1/me/tokens",
                                    sam.token(),
                                    Map.of("name", "Backup"))
                            .text("token");
            assertThat(town.me(halden, token).status()).isEqualTo(200);
            ask(halden, sam.email());
            var link = post.kept("reset", sam.email()).path();
            new Visitor(port)
                    .submit(
                            halden.subdomain(),
                            link,
                            Map.of("password", OTHER, "tokens", String.valueOf(end)));
            assertThat(town.me(halden, token).status()).isEqualTo(end ? 401 : 200);
            assertThat(town.me(halden, sam.token()).status()).isEqualTo(401);
        }
    }

    @Test
    void nobodyLearnsWhetherAnAddressHasAnAccount() {
        var sam = town.pupil(halden);
        var unknown = Town.email("nobody");
        var known = ask(halden, sam.email());
        var other = ask(halden, unknown);
        assertThat(known.status()).isEqualTo(other.status()).isEqualTo(200);
        assertThat(plain(known.body())).isEqualTo(plain(other.body()));
        assertThat(ask(harbour, sam.email()).status()).isEqualTo(200);
        post.awaited("reset", sam.email(), "kept", 2);
        assertThat(post.of("reset", unknown)).isEmpty();
        assertThat(ask(halden, "no address").status()).isEqualTo(422);
    }

    @Test
    void anAccountIsWrittenToThreeTimesAndNoMore() {
        var sam = town.pupil(halden);
        for (int i = 0; i < 6; i++) {
            assertThat(ask(halden, sam.email()).status()).isEqualTo(200);
        }
        post.awaited("reset", sam.email(), "kept", 3);
        ask(halden, Town.email("later"));
        assertThat(post.of("reset", sam.email())).hasSize(3);
    }

    @Test
    void aLinkIsOldAfterHalfAnHour() {
        var sam = town.pupil(halden);
        ask(halden, sam.email());
        var link = post.kept("reset", sam.email()).path();
        var minutes =
                service.sql(
                                """
                                select round(extract(epoch from l.expires_at - now()) / 60)
                                  from address_links l join users u on u.id = l.user_id
                                 where lower(u.email) = :email and purpose = 'reset'
                                """)
                        .param("email", sam.email())
                        .query(Integer.class)
                        .single();
        assertThat(minutes).isBetween(28, 30);
        service.sql(
                        "update address_links set expires_at = now() - interval '1 second'"
                                + " where user_id = cast(:id as uuid)")
                .param("id", sam.id())
                .update();
        assertThat(
                        new Visitor(port)
                                .submit(halden.subdomain(), link, Map.of("password", OTHER))
                                .status())
                .isEqualTo(404);
        assertThat(town.signIn(halden, sam.email(), PASSWORD).status()).isEqualTo(201);
    }

    /** Else an administrator could have the owner's account, or one at another school. */
    @Test
    void theMailboxOpensNoAccountThatItsReaderMayNotOpen() {
        ask(halden, halden.ownerEmail());
        var owners = post.kept("reset", halden.ownerEmail());
        assertThat(owners.path()).isEmpty();
        assertThat(owners.text() + owners.html())
                .contains("hidden.invalid")
                .doesNotContain("/reset/");
        var both = town.pupil(halden);
        assertThat(town.signUp(harbour, both.email(), PASSWORD).status()).isEqualTo(201);
        ask(halden, both.email());
        assertThat(post.kept("reset", both.email()).text()).doesNotContain("/reset/");
    }

    @Test
    void anAddressChangesWhenBothEndsAgree() {
        var sam = town.pupil(halden);
        new Visitor(port)
                .submit(halden.subdomain(), post.kept("verify", sam.email()).path(), Map.of());
        var visitor = signedIn(sam.email(), PASSWORD);
        var fresh = Town.email("fresh");
        assertThat(change(visitor, fresh, "not the password").status()).isEqualTo(422);
        assertThat(change(visitor, sam.email(), PASSWORD).status()).isEqualTo(422);
        assertThat(change(visitor, fresh, PASSWORD).status()).isEqualTo(200);
        var leave = post.kept("change-old", sam.email()).path();
        var arrive = arrival(fresh).path();
        assertThat(leave).isNotEqualTo(arrive);
        assertThat(new Visitor(port).submit(halden.subdomain(), arrive, Map.of()).body())
                .contains("This end is confirmed");
        assertThat(town.signIn(halden, fresh, PASSWORD).status()).isEqualTo(401);
        assertThat(new Visitor(port).submit(halden.subdomain(), leave, Map.of()).body())
                .contains("has its new address");
        assertThat(town.signIn(halden, fresh, PASSWORD).status()).isEqualTo(201);
        assertThat(town.signIn(halden, sam.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(new Visitor(port).open(halden.subdomain(), leave).status()).isEqualTo(404);
    }

    @Test
    void somebodyElsesAddressIsNotTakenOverNorTold() {
        var sam = town.pupil(halden);
        var ann = town.pupil(harbour);
        var visitor = signedIn(sam.email(), PASSWORD);
        assertThat(change(visitor, ann.email(), PASSWORD).status()).isEqualTo(200);
        // Nothing goes to Ann: she has asked for nothing.
        post.awaited("change-new", sam.email(), "refused", 1);
        assertThat(town.signIn(halden, sam.email(), PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void oneKindOfLinkIsNotAnother() {
        var sam = town.pupil(halden);
        var token = post.kept("verify", sam.email()).path().replace("/confirm/", "");
        assertThat(new Visitor(port).open(halden.subdomain(), "/reset/" + token).status())
                .isEqualTo(404);
        assertThat(new Visitor(port).open(halden.subdomain(), "/confirm/nothing").status())
                .isEqualTo(404);
    }

    private Visitor.Answer change(Visitor visitor, String email, String password) {
        return visitor.submit(
                halden.subdomain(),
                "/account/email",
                Map.of("email", email, "addressPassword", password));
    }

    /** The row names whose account it is; the mail goes to the new address. */
    private Post.Row arrival(String fresh) {
        return org.awaitility.Awaitility.await()
                .until(
                        () -> post.of("change-new", fresh),
                        rows -> !rows.isEmpty() && rows.getLast().status().equals("kept"))
                .getLast();
    }

    private Visitor.Answer ask(Town.School school, String email) {
        return new Visitor(port).submit(school.subdomain(), "/forgot", Map.of("email", email));
    }

    private Visitor signedIn(String email, String password) {
        var visitor = new Visitor(port);
        visitor.submit(
                halden.subdomain(), "/sign-in", Map.of("email", email, "password", password));
        return visitor;
    }

    private static String plain(String page) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
    }

    private boolean proved(String email) {
        return service.sql(
                        "select email_verified_at is not null from users where lower(email) = :e")
                .param("e", email)
                .query(Boolean.class)
                .single();
    }
}
