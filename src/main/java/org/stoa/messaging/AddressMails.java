package org.stoa.messaging;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.stoa.identity.SignedUp;
import org.stoa.identity.addresses.AddressChangeAsked;
import org.stoa.identity.addresses.AddressLinks;
import org.stoa.identity.addresses.AddressProved;
import org.stoa.identity.addresses.PasswordForgotten;
import org.stoa.identity.addresses.ProofAsked;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.shared.Ids;
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;

/** The mail that goes to an address because of what happens to the account behind it. */
@Component
class AddressMails {
    /** An address whose password somebody forgot; whose it is, if anybody's, the job finds out. */
    record Forgotten(UUID asked, String email, @Nullable String language) {}

    private static final JobKind<Forgotten> FORGOTTEN =
            new JobKind<>("password-forgotten", Forgotten.class, JobKind.Lane.CRITICAL);

    private final Mails mails;
    private final Jobs jobs;
    private final AddressLinks links;
    private final Organizations organizations;
    private final Ids ids;

    AddressMails(Mails mails, Jobs jobs, AddressLinks links, Organizations organizations, Ids ids) {
        this.mails = mails;
        this.jobs = jobs;
        this.links = links;
        this.organizations = organizations;
        this.ids = ids;
        jobs.register(FORGOTTEN, this::look);
    }

    @EventListener
    void on(PasswordForgotten event) {
        office(
                event.school(),
                () ->
                        jobs.enqueue(
                                FORGOTTEN, new Forgotten(ids.next(), event.email(), language())));
    }

    private void look(Forgotten forgotten) {
        links.personAt(forgotten.email())
                .ifPresent(person ->
                        mails.send(
                                MailKind.RESET,
                                person,
                                asked(forgotten.language()),
                                "reset " + forgotten.asked()));
    }

    @EventListener
    void on(SignedUp event) {
        office(
                event.school(),
                () ->
                        mails.send(
                                MailKind.VERIFY,
                                event.person(),
                                asked(language()),
                                "verify " + event.person()));
    }

    @EventListener
    void on(ProofAsked event) {
        office(
                event.school(),
                () ->
                        mails.send(
                                MailKind.VERIFY,
                                event.person(),
                                asked(language()),
                                "verify " + ids.next()));
    }

    @EventListener
    void on(AddressProved event) {
        organizations
                .byId(event.organization())
                .ifPresent(school ->
                        office(
                                school,
                                () ->
                                        mails.send(
                                                MailKind.WELCOME,
                                                event.person(),
                                                Map.of(
                                                        "path",
                                                        "/courses",
                                                        Mail.LANGUAGE,
                                                        language()),
                                                "welcome " + event.person())));
    }

    @EventListener
    void on(AddressChangeAsked event) {
        var change = Map.of("change", event.change().toString(), Mail.LANGUAGE, language());
        office(
                event.school(),
                () -> {
                    if (event.leaving()) {
                        mails.send(
                                MailKind.CHANGE_OLD,
                                event.person(),
                                change,
                                "leave " + event.change());
                    }
                    mails.send(
                            MailKind.CHANGE_NEW,
                            event.person(),
                            change,
                            "arrive " + event.change());
                });
    }

    /** Of the page at which somebody asked for the mail. */
    private static String language() {
        return Words.language().tag();
    }

    private static Map<String, String> asked(@Nullable String language) {
        return language == null ? Map.of() : Map.of(Mail.LANGUAGE, language);
    }

    /** Accounts are of the whole installation; the mail is of one school. */
    private static void office(Organization school, Runnable work) {
        Caller.office(school).run(work);
    }
}
