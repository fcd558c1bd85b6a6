package org.stoa.launch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;

/** Does a command's work as the office of one school, beside a running server or without one. */
final class Office implements AutoCloseable {
    private final Program program;
    private final Organization school;

    private Office(Program program, Organization school) {
        this.program = program;
        this.school = school;
    }

    /** A piece of work with the application at hand. */
    interface Work<T extends @Nullable Object> {
        T with(ConfigurableApplicationContext context) throws Exception;
    }

    /**
     * @throws Refusal when there is no such school
     */
    static Office open(CommandLineTool tool, @Nullable String data, String subdomain) {
        var settings = settings(data);
        if (Program.untouched(settings)) {
            throw noSchool(subdomain, settings);
        }
        var program = Program.assist(tool.application(), settings);
        var school =
                program.context().getBean(Organizations.class).bySubdomain(subdomain).orElse(null);
        if (school == null) {
            program.close();
            throw noSchool(subdomain, settings);
        }
        return new Office(program, school);
    }

    private static Refusal noSchool(String subdomain, Settings settings) {
        var place =
                settings.get("database.url").isEmpty()
                        ? "the data folder " + Program.data(settings)
                        : "this database";
        return new Refusal(
                "There is no school \""
                        + subdomain
                        + "\" in "
                        + place
                        + ". Start one with stoa admin create-school, or name its folder with"
                        + " --data.");
    }

    static Program program(CommandLineTool tool, @Nullable String data) {
        return Program.assist(tool.application(), settings(data));
    }

    private static Settings settings(@Nullable String data) {
        return CommandLineTool.settings(data == null ? Map.of() : Map.of("data", data));
    }

    <T extends @Nullable Object> T call(Work<T> work) throws Exception {
        return Caller.office(school).call(() -> work.with(program.context()));
    }

    Organization school() {
        return school;
    }

    @Override
    public void close() {
        program.close();
    }
}
