package org.stoa;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** A learning platform: many schools on one installation. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class Stoa {
    public static void main(String[] args) {}
}
