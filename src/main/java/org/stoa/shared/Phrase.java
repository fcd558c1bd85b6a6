package org.stoa.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One text of a bundle, taken apart once so that nothing is parsed when it is said. */
sealed interface Phrase {
    String said(Object[] arguments);

    /** The arguments it uses, by number. */
    Set<Integer> arguments();

    /** Text without arguments. */
    record Plain(String text) implements Phrase {
        @Override
        public String said(Object[] arguments) {
            return text;
        }

        @Override
        public Set<Integer> arguments() {
            return Set.of();
        }
    }

    /** Text with arguments, in a language whose numbers are grouped and counted its own way. */
    record Composed(List<Part> parts, Numerals numerals) implements Phrase {
        @Override
        public String said(Object[] arguments) {
            var text = new StringBuilder(64);
            write(parts, arguments, 0, text);
            return text.toString();
        }

        private void write(List<Part> some, Object[] arguments, long counted, StringBuilder text) {
            for (var part : some) {
                switch (part) {
                    case Part.Text(var words) -> text.append(words);
                    case Part.Counted() -> numerals.write(counted, text);
                    case Part.Argument(int number) -> write(at(arguments, number), text);
                    case Part.Plural(int number, var exact, var forms) -> {
                        long count = count(at(arguments, number));
                        var form = exact.get(count);
                        if (form == null) {
                            form = forms.get(numerals.category(count));
                        }
                        write(form == null ? other(forms) : form, arguments, count, text);
                    }
                    case Part.Select(int number, var forms) -> {
                        var form = forms.get(String.valueOf(at(arguments, number)));
                        write(form == null ? other(forms) : form, arguments, counted, text);
                    }
                }
            }
        }

        private void write(Object argument, StringBuilder text) {
            if (argument instanceof Integer || argument instanceof Long) {
                numerals.write(((Number) argument).longValue(), text);
            } else {
                text.append(argument);
            }
        }

        private static List<Part> other(Map<String, List<Part>> forms) {
            return forms.getOrDefault("other", List.of());
        }

        private static long count(Object argument) {
            return argument instanceof Number number ? number.longValue() : 0;
        }

        private static Object at(Object[] arguments, int number) {
            return number < arguments.length ? arguments[number] : "";
        }

        @Override
        public Set<Integer> arguments() {
            var found = new TreeSet<Integer>();
            collect(parts, found);
            return found;
        }

        private static void collect(List<Part> some, Set<Integer> found) {
            for (var part : some) {
                switch (part) {
                    case Part.Text t -> {}
                    case Part.Counted c -> {}
                    case Part.Argument(int number) -> found.add(number);
                    case Part.Plural(int number, var exact, var forms) -> {
                        found.add(number);
                        exact.values().forEach(form -> collect(form, found));
                        forms.values().forEach(form -> collect(form, found));
                    }
                    case Part.Select(int number, var forms) -> {
                        found.add(number);
                        forms.values().forEach(form -> collect(form, found));
                    }
                }
            }
        }
    }

    /** A piece of a text. */
    sealed interface Part {
        record Text(String words) implements Part {}

        /** The number that the plural around it counts. */
        record Counted() implements Part {}

        record Argument(int number) implements Part {}

        record Plural(int number, Map<Long, List<Part>> exact, Map<String, List<Part>> forms)
                implements Part {}

        record Select(int number, Map<String, List<Part>> forms) implements Part {}
    }

    /**
     * @throws IllegalArgumentException when the text is not well-formed; the message says where
     */
    static Phrase of(String text, Numerals numerals) {
        if (text.indexOf('{') < 0) {
            if (text.indexOf('}') >= 0) {
                throw new IllegalArgumentException(
                        "A brace is closed that was not opened: " + text);
            }
            return new Plain(text);
        }
        return new Composed(new Reader(text).whole(), numerals);
    }

    /** Reads a text from left to right. */
    final class Reader {
        private final String text;
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        List<Part> whole() {
            var parts = parts(false);
            if (at < text.length()) {
                throw wrong("a brace is closed that was not opened");
            }
            return parts;
        }

        private List<Part> parts(boolean counting) {
            var parts = new ArrayList<Part>();
            var words = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '}') {
                char c = text.charAt(at);
                if (c == '{' || c == '#' && counting) {
                    flush(words, parts);
                    at++;
                    parts.add(c == '{' ? argument(counting) : new Part.Counted());
                } else {
                    words.append(c);
                    at++;
                }
            }
            flush(words, parts);
            return List.copyOf(parts);
        }

        private static void flush(StringBuilder words, List<Part> parts) {
            if (!words.isEmpty()) {
                parts.add(new Part.Text(words.toString()));
                words.setLength(0);
            }
        }

        private Part argument(boolean counting) {
            int number = number(word());
            if (take('}')) {
                return new Part.Argument(number);
            }
            expect(',');
            var kind = word();
            expect(',');
            var exact = new LinkedHashMap<Long, List<Part>>();
            var forms = new LinkedHashMap<String, List<Part>>();
            boolean plural = kind.equals("plural");
            if (!plural && !kind.equals("select")) {
                throw wrong("there is no " + kind);
            }
            while (!take('}')) {
                var name = word();
                expect('{');
                var form = parts(plural || counting);
                expect('}');
                if (plural && name.startsWith("=")) {
                    exact.put(Long.parseLong(name.substring(1)), form);
                } else {
                    forms.put(name, form);
                }
            }
            if (!forms.containsKey("other")) {
                throw wrong("there is no form for all others");
            }
            return plural
                    ? new Part.Plural(number, Map.copyOf(exact), Map.copyOf(forms))
                    : new Part.Select(number, Map.copyOf(forms));
        }

        private int number(String word) {
            try {
                return Integer.parseInt(word);
            } catch (NumberFormatException e) {
                throw wrong("arguments are numbered, " + word + " is no number");
            }
        }

        private String word() {
            space();
            int from = at;
            while (at < text.length() && " \n{},".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (from == at) {
                throw wrong("a word is missing");
            }
            return text.substring(from, at);
        }

        private boolean take(char c) {
            space();
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char c) {
            if (!take(c)) {
                throw wrong("'" + c + "' is missing");
            }
        }

        private void space() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("At character " + at + " " + what + ": " + text);
        }
    }
}
