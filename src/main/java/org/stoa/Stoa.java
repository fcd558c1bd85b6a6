package org.stoa;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.stoa.launch.CommandLineTool;

/** A learning platform: many schools on one installation. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class Stoa {
    public static void main(String[] args) {
        System.exit(CommandLineTool.run(Stoa.class, args));
    }
}
