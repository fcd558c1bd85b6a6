package org.stoa.identity;

import java.util.List;
import org.stoa.tenancy.Role;
import org.stoa.web.Form;

/** The platform's own pages: welcome, start a school, go to one of your schools. */
public class SchoolPages {
    /**
     * {@code platform/welcome}.
     *
     * @param signedIn whether somebody is, so that the page leads on to their schools
     */
    public record WelcomeView(boolean signedIn) {}

    /**
     * {@code platform/start}; posts {@code name}, {@code subdomain} and, unless somebody is signed
     * in, {@code ownerName}, {@code email}, {@code password} to {@code /start}.
     *
     * @param suffix what follows the subdomain in the school's address, as in {@code
     *     .localhost:8080}
     */
    public record StartView(Form form, boolean signedIn, String suffix) {}

    /**
     * {@code platform/subdomain}, the fragment at {@code GET /start/subdomain?name=…&subdomain=…}:
     * what a school of this name would be called, and whether that is free.
     *
     * @param proposal the subdomain looked at
     * @param message a sentence, as in {@code musicschool.localhost:8080 is free.}
     */
    public record SubdomainView(String proposal, boolean free, String message) {}

    /** {@code platform/schools}: where the signed-in person belongs. */
    public record SchoolsView(String person, List<School> schools) {}

    /**
     * One of a person's schools.
     *
     * @param address where to go for it, signed in on arrival
     * @param host what the address bar will say
     */
    public record School(String name, String address, String host, Role role) {}
}
