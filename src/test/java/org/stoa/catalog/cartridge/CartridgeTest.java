package org.stoa.catalog.cartridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.catalog.source.CourseSource.SourceModule;
import org.stoa.catalog.source.Finding;

/** Cartridges that a school might bring, written by hand. */
class CartridgeTest {
    private @TempDir Path root;

    @BeforeEach
    void aCartridgeOfBread() throws IOException {
        write(
                "imsmanifest.xml",
                """
                <manifest identifier="m1" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">
                  <metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
                    <lom><general><title><string>Bread</string></title>
                      <description><string>From flour to crust.</string></description>
                      <language>de</language></general></lom></metadata>
                  <organizations><organization identifier="o"><item identifier="root">
                    <item identifier="w1"><title>Week 1</title>
                      <item identifier="i1" identifierref="flour"><title>Flour</title></item>
                      <item identifier="mon"><title>Monday</title>
                        <item identifier="i2" identifierref="talk"><title>Talk</title></item>
                        <item identifier="i3" identifierref="mill"><title>A mill</title></item>
                      </item>
                    </item>
                    <item identifier="i4" identifierref="water"><title>Water</title></item>
                    <item identifier="w2"><title>Week 2</title>
                      <item identifier="i5" identifierref="quiz"><title>Quiz</title></item>
                    </item>
                  </item></organization></organizations>
                  <resources>
                    <resource identifier="flour" type="webcontent" href="pages/flour.html"/>
                    <resource identifier="water" type="webcontent" href="pages/the%20water.html"/>
                    <resource identifier="rye" type="webcontent" href="pages/rye.html"/>
                    <resource identifier="talk" type="imsdt_xmlv1p1"><file href="talk.xml"/></resource>
                    <resource identifier="mill" type="imswl_xmlv1p1"><file href="mill.xml"/></resource>
                    <resource identifier="quiz" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment">
                      <file href="quiz.xml"/></resource>
                  </resources>
                </manifest>
                """);
        write(
                "pages/flour.html",
                """
                <html><head><title>Not this</title></head><body><h1>Flour</h1>
                <p>See <a href="the%20water.html#salt">water</a>, <a href="../files/plan.pdf">the plan</a>
                and <a href="gone.html">what is gone</a>.</p>
                <p><img src="../files/grain.png" alt="Grain"></p></body></html>
                """);
        write("pages/the water.html", "<p>Salt and <b>water </b>together.</p>");
        write("pages/rye.html", "<html><title>Rye</title><body><p>Rye.</p></body></html>");
        write(
                "talk.xml",
                "<topic><title>Talk</title><text texttype=\"text/html\">&lt;p&gt;Which &lt;em&gt;flour"
                        + "&lt;/em&gt;?&lt;/p&gt;</text></topic>");
        write(
                "mill.xml",
                "<webLink><title>A mill</title><url href=\"https://mill.example/a\"/></webLink>");
        write(
                "quiz.xml",
                """
                <questestinterop><assessment title="Week 2"><section>
                <item title="Rye"><itemmetadata><qtimetadata><qtimetadatafield>
                <fieldlabel>cc_profile</fieldlabel><fieldentry>cc.multiple_choice.v0p1</fieldentry>
                </qtimetadatafield></qtimetadata></itemmetadata></item>
                <section><item title="Question 2"><itemmetadata><qtimetadata><qtimetadatafield>
                <fieldlabel>question_type</fieldlabel><fieldentry>essay_question</fieldentry>
                </qtimetadatafield></qtimetadata></itemmetadata><presentation><flow><material>
                <mattext texttype="text/html">&lt;p&gt;What does &lt;b&gt;rye&lt;/b&gt; need to rise, and
                how long, and what would you do if it does not rise in time?&lt;/p&gt;</mattext>
                </material></flow></presentation></item></section></section>
                </assessment></questestinterop>
                """);
        write("files/plan.pdf", "%PDF");
        write("files/grain.png", "png");
    }

    @Test
    void thePlainOutlineBecomesModulesAndLessons() {
        CourseSource course = read();
        assertThat(course.title()).isEqualTo("Bread");
        assertThat(course.summary()).isEqualTo("From flour to crust.");
        assertThat(course.language()).isEqualTo("de");
        assertThat(course.id()).isEqualTo("m1/bread");
        assertThat(course.modules())
                .extracting(SourceModule::title)
                .containsExactly("Week 1", "Bread", "More pages");
        assertThat(course.lessons())
                .extracting(SourceLesson::key)
                .containsExactly("flour", "talk", "mill", "water", "rye");
        assertThat(course.lessons().get(2).markdown())
                .isEqualTo("[A mill](https://mill.example/a)");
        assertThat(course.lessons().get(1).markdown()).isEqualTo("Which *flour*?");
        assertThat(course.lessons().get(3).markdown()).isEqualTo("Salt and **water** together.");
        assertThat(course.report())
                .extracting(Finding::message)
                .contains(
                        "The heading 'Monday' inside the module 'Week 1' was left out; what stands"
                                + " under it follows in order.",
                        "The quiz 'Week 2' is no lesson; its 2 questions are kept for when Stoa can"
                                + " examine: “Rye” (multiple choice); “What does rye need to rise, and"
                                + " how long, and what would you do if it does not…” (an"
                                + " essay).",
                        "The module 'Week 2' has no lesson and was left out.");
    }

    @Test
    void linksLeadToLessonsAndFilesAndWhatLeadsNowhereIsNamedWithItsLine() {
        CourseSource course = read();
        assertThat(course.lessons().getFirst().markdown())
                .isEqualTo(
                        """
                        # Flour

                        See [water](lesson:water#salt), [the plan](file:files/plan.pdf) and what is gone.

                        ![Grain](file:files/grain.png)\
                        """);
        assertThat(course.files())
                .extracting(it -> it.path())
                .containsExactly("files/grain.png", "files/plan.pdf");
        assertThat(course.report())
                .contains(
                        Finding.warning(
                                "pages/flour.html",
                                3,
                                "The link 'what is gone' leads to gone.html, which is not carried"
                                        + " over."));
    }

    @Test
    void canvasOrdersItsModulesItselfAndNamesWhatIsUnpublished() throws IOException {
        write(
                "course_settings/module_meta.xml",
                """
                <modules xmlns="http://canvas.instructure.com/xsd/cccv1p0">
                  <module identifier="c1"><title>Canvas week</title>
                    <workflow_state>unpublished</workflow_state><items>
                    <item identifier="x1"><content_type>WikiPage</content_type><title>Water first</title>
                      <workflow_state>unpublished</workflow_state>
                      <identifierref>water</identifierref><indent>2</indent></item>
                    <item identifier="x2"><content_type>ContextModuleSubHeader</content_type>
                      <title>Reading</title></item>
                    <item identifier="x3"><content_type>ExternalUrl</content_type><title>Site</title>
                      <url>https://site.example/</url></item>
                    <item identifier="x4"><content_type>ContextExternalTool</content_type>
                      <title>Tool</title><url>https://tool.example/</url></item>
                    <item identifier="x5"><content_type>Assignment</content_type><title>Bake</title>
                      <identifierref>bake</identifierref></item>
                    <item identifier="x6"><content_type>WikiPage</content_type><title>Lost</title>
                      <identifierref>nothing</identifierref></item>
                  </items></module></modules>
                """);
        write(
                "course_settings/course_settings.xml",
                "<course identifier=\"c\"><title>Bread, as taught</title></course>");
        manifestWith(
                "<resource identifier=\"bake\" type=\"assignment_xmlv1p0\" href=\"bake/a.xml\"/>");
        write(
                "bake/a.xml",
                """
                <assignment><title>Bake</title><text texttype="text/html">&lt;p&gt;See
                &lt;a href="$WIKI_REFERENCE$/pages/rye"&gt;rye&lt;/a&gt;,
                &lt;a href="%24CANVAS_OBJECT_REFERENCE%24/assignments/bake"&gt;this&lt;/a&gt;,
                &lt;a href="$CANVAS_OBJECT_REFERENCE$/modules/c1"&gt;the week&lt;/a&gt;,
                &lt;a href="$IMS-CC-FILEBASE$/../files/plan.pdf?canvas_download=1"&gt;plan&lt;/a&gt;,
                &lt;a href="$CANVAS_COURSE_REFERENCE$/grades"&gt;grades&lt;/a&gt;.&lt;/p&gt;</text>
                <gradable points_possible="10.0">true</gradable></assignment>
                """);
        CourseSource course = read();
        assertThat(course.title()).isEqualTo("Bread, as taught");
        assertThat(course.modules().getFirst().lessons())
                .extracting(SourceLesson::title)
                .containsExactly("Water first", "Site", "Bake");
        assertThat(course.modules().getFirst().lessons().getLast().markdown())
                .isEqualTo(
                        "See [rye](lesson:rye), [this](lesson:bake), [the week](lesson:water),"
                                + " [plan](file:files/plan.pdf), grades.");
        assertThat(course.modules().getLast().title()).isEqualTo("More pages");
        assertThat(course.report())
                .extracting(Finding::message)
                .contains(
                        "The module 'Canvas week' was unpublished.",
                        "The entry 'Water first' was unpublished.",
                        "In the module 'Canvas week', 1 entry was indented; lessons stand on one level.",
                        "The external tool 'Tool' at https://tool.example/ was not carried over.",
                        "The entry 'Lost' leads to nothing in the cartridge and was left out.",
                        "Of the assignment 'Bake', its text is the lesson; its settings were not"
                                + " carried over (points: 10).");
    }

    private void manifestWith(String resource) throws IOException {
        Path manifest = root.resolve("imsmanifest.xml");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("</resources>", resource + "</resources>"));
    }

    private CourseSource read() {
        return Cartridge.read(root, "bread");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
