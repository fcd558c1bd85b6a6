package org.stoa;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A learning platform: many schools on one installation. */
@SpringBootApplication
public class Stoa {
    public static void main(String[] args) {}
}
