package org.stoa;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The rules of the house, held against the code. */
class HouseTest {
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 40;
    private static final Pattern METHOD =
            Pattern.compile(
                    "^( {4}| {8})(?!return|new|else|if|for)(?!.*\\b(class|record|interface|enum)\\b)"
                            + "\\S.*\\) *(throws .*)?\\{$");

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.stoa");

    @Test
    void aModuleImportsOnlyWhatStandsBelowIt() {
        ApplicationModules.of(Stoa.class).verify();
    }

    @Test
    void onlyStoresTouchTheDatabase() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .resideOutsideOfPackages("org.stoa.tenancy", "org.stoa.launch..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql", "org.springframework.jdbc..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.stoa.tenancy.ServiceDatabase")
                .because("a module's SQL stands in one file")
                .check(CODE);
    }

    @Test
    void onlyPagesApisAndWebhooksTouchTheWeb() {
        noClasses()
                .that()
                .haveNameNotMatching(".*(Pages|Api|Webhook)(\\$.*)?")
                .and()
                .resideOutsideOfPackages("org.stoa.web..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.servlet..",
                        "org.springframework.web..",
                        "org.springframework.http..")
                .check(CODE);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .check(CODE);
    }

    @Test
    void timeComesFromTheClock() {
        noClasses().should().callMethod(Instant.class, "now").check(CODE);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.stoa.launch..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .check(CODE);
    }

    @Test
    void namesSayWhatPeopleSay() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Dto|Mapper)(\\$.*)?")
                .check(CODE);
        fields().should().notBeAnnotatedWith("lombok.Getter").allowEmptyShould(true).check(CODE);
    }

    @Test
    void filesAndMethodsStayShort() throws IOException {
        var tooLong = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/main"))) {
            for (var file :
                    files.filter(f -> f.toString().matches(".*\\.(java|js|css|jte)")).toList()) {
                var lines = Files.readAllLines(file);
                if (lines.size() > LONGEST_FILE) {
                    tooLong.add(file + " has " + lines.size() + " lines");
                }
                if (file.toString().endsWith(".java")) {
                    tooLong.addAll(longMethods(file, lines));
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static List<String> longMethods(Path file, List<String> lines) {
        var found = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            var start = METHOD.matcher(lines.get(i));
            if (!start.matches()) {
                continue;
            }
            var end = start.group(1) + "}";
            int last = i;
            while (last < lines.size() && !lines.get(last).equals(end)) {
                last++;
            }
            if (last - i > LONGEST_METHOD) {
                found.add(file + ":" + (i + 1) + " has a method of " + (last - i) + " lines");
            }
        }
        return found;
    }
}
