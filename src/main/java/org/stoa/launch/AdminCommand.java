package org.stoa.launch;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stoa.identity.People;
import org.stoa.identity.Schools;
import org.stoa.identity.Sessions;
import org.stoa.shared.Secrets;
import org.stoa.tenancy.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What an administrator does beside the running server. */
@Command(
        name = "admin",
        description = "Start schools, add people and make tokens, beside a running server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  stoa admin create-school --name \"Music School\" --owner-email ann@example.com",
            "  stoa admin create-user --school musicschool --email bob@example.com --role teacher",
            "  stoa admin create-token --platform",
        })
final class AdminCommand {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before a subcommand runs
    private CommandLineTool tool;

    @Command(
            name = "create-school",
            description = "Start a school.",
            mixinStandardHelpOptions = true)
    int createSchool(
            @Option(names = "--name", required = true, description = "Its name.") String name,
            @Option(names = "--subdomain", description = "Its address (from the name).")
                    @Nullable String subdomain,
            @Option(names = "--owner-email", required = true, description = "Its owner's address.")
                    String ownerEmail,
            @Option(names = "--owner-name", description = "The owner's name (from the address).")
                    @Nullable String ownerName,
            @Option(
                            names = "--owner-password",
                            description = "Their password (drawn at random and printed once).")
                    @Nullable String ownerPassword,
            @Option(names = "--data", description = "The data folder (data).")
                    @Nullable String data)
            throws Exception {
        return with(
                data,
                program -> {
                    var context = program.context();
                    var existing = context.getBean(People.class).find(ownerEmail);
                    boolean draw = ownerPassword == null && existing.isEmpty();
                    var password =
                            draw ? context.getBean(Secrets.class).next() : "" + ownerPassword;
                    var signedIn =
                            ownerPassword == null && existing.isPresent()
                                    ? existing.get().id()
                                    : null;
                    var owner =
                            new Schools.Owner(named(ownerName, ownerEmail), ownerEmail, password);
                    var wish =
                            new Schools.NewSchool(
                                    name, subdomain, signedIn == null ? owner : null, null);
                    var founded =
                            context.getBean(Schools.class)
                                    .found(wish, signedIn, "the command line");
                    if (founded instanceof Schools.Founded.Opened(var school, var person)) {
                        System.out.println("School    " + school.subdomain());
                        System.out.println("Owner     " + ownerEmail);
                        if (draw) {
                            System.out.println("Password  " + password);
                        }
                        System.out.println(
                                "Token     "
                                        + context.getBean(Sessions.class)
                                                .newToken(person, "The first token"));
                        return 0;
                    }
                    throw new Refusal("Too many schools were started; try again later.");
                });
    }

    @Command(name = "create-user", description = "Add somebody.", mixinStandardHelpOptions = true)
    int createUser(
            @Option(names = "--school", required = true, description = "The school's subdomain.")
                    String school,
            @Option(names = "--email", required = true, description = "Their address.")
                    String email,
            @Option(names = "--name", description = "Their name (from the address).")
                    @Nullable String name,
            @Option(
                            names = "--role",
                            description = "student, teacher, admin or owner (student).",
                            defaultValue = "student")
                    String role,
            @Option(
                            names = "--password",
                            description = "Their password (drawn at random and printed once).")
                    @Nullable String password,
            @Option(names = "--data", description = "The data folder (data).")
                    @Nullable String data)
            throws Exception {
        try (var office = Office.open(tool, data, school)) {
            return office.call(context -> {
                var people = context.getBean(People.class);
                boolean draw = password == null && people.find(email).isEmpty();
                var secret = draw ? context.getBean(Secrets.class).next() : password;
                people.add(
                        office.school(),
                        new People.NewMember(named(name, email), email, secret, role(role)));
                System.out.println(email + " belongs to " + school + " as " + role + ".");
                if (draw) {
                    System.out.println("Password  " + secret);
                }
                return 0;
            });
        }
    }

    @Command(
            name = "create-token",
            description = "Make an API token, shown this once.",
            mixinStandardHelpOptions = true)
    int createToken(
            @Option(names = "--platform", description = "For the whole installation.")
                    boolean platform,
            @Option(names = "--school", description = "The school's subdomain.")
                    @Nullable String school,
            @Option(names = "--email", description = "Whose token it is.") @Nullable String email,
            @Option(names = "--data", description = "The data folder (data).")
                    @Nullable String data)
            throws Exception {
        if (!platform && email == null) {
            throw new Refusal("Say --platform, or whose token it is with --email.");
        }
        return with(
                data,
                program -> {
                    var context = program.context();
                    var people = context.getBean(People.class);
                    var address = email == null ? "platform@localhost" : email;
                    var person =
                            platform
                                    ? people.platformAdmin(address)
                                    : people.find(address)
                                            .orElseThrow(() ->
                                                    new Refusal(
                                                            "Nobody has the address "
                                                                    + address
                                                                    + "."));
                    if (school != null
                            && people.schools(person.id()).stream()
                                    .noneMatch(s -> s.subdomain().equals(school))) {
                        throw new Refusal(address + " does not belong to " + school + ".");
                    }
                    System.out.println(
                            context.getBean(Sessions.class)
                                    .newToken(person.id(), "Made on the command line"));
                    return 0;
                });
    }

    /** Work with the started program. */
    private interface Work {
        int with(Program program) throws Exception;
    }

    private int with(@Nullable String data, Work work) throws Exception {
        try (var program = Office.program(tool, data)) {
            Callable<Integer> call = () -> work.with(program);
            return call.call();
        }
    }

    private static String named(@Nullable String name, String email) {
        return name == null ? email.replaceAll("@.*", "") : name;
    }

    private static Role role(String word) {
        try {
            return Role.of(word.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Refusal("The role is student, teacher, admin or owner, not " + word + ".", e);
        }
    }
}
