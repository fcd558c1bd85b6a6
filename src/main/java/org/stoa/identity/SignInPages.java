package org.stoa.identity;

import org.stoa.web.Form;

/** Signing up and in, on a school's site and on the platform's. */
public class SignInPages {
    /**
     * {@code identity/sign-in}; posts {@code email}, {@code password}, {@code next} to {@code
     * /sign-in}.
     *
     * @param form its error as a whole says that the sign-in failed, without telling why
     * @param next the address to go on to, empty for the usual one
     */
    public record SignInView(Form form, String next) {}

    /**
     * {@code identity/sign-up}; posts {@code name}, {@code email}, {@code password}, {@code next}
     * to {@code /sign-up}.
     */
    public record SignUpView(Form form, String next) {}
}
