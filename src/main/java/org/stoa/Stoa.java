package org.stoa;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.stoa.launch.CommandLineTool;

/** A learning platform: many schools on one installation. */
// Errors that reach no handler are answered by web.LastAnswer.
@SpringBootApplication(
        exclude = {UserDetailsServiceAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
public class Stoa {
    public static void main(String[] args) {
        System.exit(CommandLineTool.run(Stoa.class, args));
    }
}
