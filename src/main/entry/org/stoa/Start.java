package org.stoa;

/**
 * Where the program begins. Compiled for Java 17, apart from the rest, so that whoever starts it on
 * an older Java than it needs reads a sentence rather than a stack trace.
 */
public final class Start {
    private static final int NEEDED = 25;

    private Start() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        int found = Runtime.version().feature();
        if (found < NEEDED) {
            System.err.println(
                    "Stoa needs Java "
                            + NEEDED
                            + ", and this is Java "
                            + found
                            + " ("
                            + System.getProperty("java.home")
                            + "). Install a JDK "
                            + NEEDED
                            + " and start Stoa with its java, or with ./stoa, which finds it.");
            System.exit(1);
        }
        // By name: a class that Java 17 can read must not be linked to those that it cannot.
        Class.forName("org.stoa.Stoa")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
