package org.stoa.web.access;

import org.stoa.tenancy.Role;

/** Who may call a route, from everybody to the fewest. */
public enum Who {
    /** Everybody, signed in or not. */
    ANYONE,
    /** A signed-in person, whatever they are in this school. */
    SIGNED_IN,
    /** An active member of the school. */
    MEMBER,
    /** A teacher of the school, or more. */
    TEACHER,
    /** An administrator of the school, or its owner. */
    ADMIN,
    /** The school's owner. */
    OWNER,
    /** An administrator of the whole installation. */
    PLATFORM_ADMIN;

    Role leastRole() {
        return switch (this) {
            case TEACHER -> Role.TEACHER;
            case ADMIN -> Role.ADMIN;
            case OWNER -> Role.OWNER;
            default -> Role.STUDENT;
        };
    }
}
