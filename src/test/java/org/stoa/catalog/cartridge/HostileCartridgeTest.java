package org.stoa.catalog.cartridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.Finding;
import org.stoa.shared.Problem;

class HostileCartridgeTest {
    private static final String PAGE =
            "<resource identifier='p' type='webcontent' href='p.html'><file href='p.html'/></resource>";

    private @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<manifest>",
                "<html/>",
                "<manifest identifier='m'/>",
                "<manifest identifier='m'><organizations/><resources/></manifest>",
                "<manifest><metadata><schema>ADL SCORM</schema></metadata></manifest>",
                "<!DOCTYPE m [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><manifest><t>&b;</t></manifest>",
                "<!DOCTYPE manifest SYSTEM \"file:///etc/passwd\"><manifest identifier='m'/>",
                "<!DOCTYPE m [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><manifest>&x;</manifest>"
            })
    void aManifestThatSaysNothingIsRefusedInASentence(String manifest) throws IOException {
        write("imsmanifest.xml", manifest);
        assertThatThrownBy(() -> Cartridge.read(folder, ""))
                .isInstanceOfSatisfying(
                        Problem.Invalid.class,
                        it -> assertThat(it.errors().toString()).contains("."));
    }

    @Test
    void nestingAndBombsInTheManifestAreRefused() throws IOException {
        write("imsmanifest.xml", "<manifest>" + "<item>".repeat(200_000));
        assertThatThrownBy(() -> Cartridge.read(folder, "")).isInstanceOf(Problem.Invalid.class);
        write("imsmanifest.xml", "<manifest>" + "<item/>".repeat(400_000) + "</manifest>");
        assertThatThrownBy(() -> Cartridge.read(folder, "")).isInstanceOf(Problem.Invalid.class);
    }

    @Test
    void filesOutsideAndMissingOnesAreNamedAndNotTouched() throws IOException {
        Files.writeString(folder.resolveSibling("secret.html"), "<p>Secret</p>");
        write(
                "c/imsmanifest.xml",
                manifest(
                        PAGE
                                + "<resource identifier='o' type='webcontent' href='../secret.html'/>"
                                + "<resource identifier='e' type='webcontent' href='/etc/passwd'/>"
                                + "<resource identifier='u' type='webcontent' href='file:///etc/passwd'/>"
                                + "<resource identifier='g' type='webcontent' href='gone.html'/>"
                                + "<resource identifier='t' type='imsdt_xmlv1p1' href='bad.xml'/>"));
        write(
                "c/bad.xml",
                "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><topic>&x;</topic>");
        write(
                "c/p.html",
                "<p><a href='../secret.html'>out</a> <img src='$IMS-CC-FILEBASE$/../../secret.html'>"
                        + "<img src='file:///etc/passwd' alt='f'></p>");
        CourseSource course = Cartridge.read(folder.resolve("c"), "");
        assertThat(course.lessons()).hasSize(1);
        assertThat(course.files()).isEmpty();
        assertThat(course.lessons().getFirst().markdown()).isEqualTo("out f");
        assertThat(course.report())
                .extracting(Finding::message)
                .contains(
                        "The file ../secret.html lies outside the cartridge and was left alone.",
                        "The file file:///etc/passwd lies outside the cartridge and was left alone.",
                        "The file gone.html is listed but not in the cartridge.")
                .anyMatch(it -> it.contains("entities"));
    }

    @Test
    void aPageThatIsNotThereIsNamedByItsTitle() throws IOException {
        write(
                "imsmanifest.xml",
                manifest(PAGE + PAGE.replace("'p'", "'q'").replace("p.html", "q.html"))
                        .replace(
                                "<resources>",
                                "<organizations><organization><item identifier='r'><item>"
                                        + "<title>W</title><item identifierref='q'><title>Lost</title>"
                                        + "</item></item></item></organization></organizations>"
                                        + "<resources>"));
        write("p.html", "<p>Text</p>");
        assertThat(Cartridge.read(folder, "").report())
                .extracting(Finding::message)
                .contains(
                        "'Lost' was left out: its file is not in the cartridge.",
                        "The file q.html is listed but not in the cartridge.");
    }

    @Test
    void brokenSettingsCostTheirOwnPartAndNoMore() throws IOException {
        write("imsmanifest.xml", manifest(PAGE + PAGE));
        write("p.html", "<title>P</title><p>Text</p>");
        write("course_settings/module_meta.xml", "<modules><module>");
        write("course_settings/course_settings.xml", "nothing");
        CourseSource course = Cartridge.read(folder, "breads");
        assertThat(course.title()).isEqualTo("Breads");
        assertThat(course.lessons()).hasSize(1);
        assertThat(course.report()).hasSizeGreaterThanOrEqualTo(3);
    }

    private static String manifest(String resources) {
        return "<manifest identifier='m'><resources>" + resources + "</resources></manifest>";
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
