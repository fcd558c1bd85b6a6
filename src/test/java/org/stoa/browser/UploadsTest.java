package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.stoa.media.pictures.Hostile;

/** Files come into a lesson by paste, drop and choice. */
class UploadsTest extends BrowserTest {
    private static final String CARRY =
            """
            ([place, kind, files]) => {
              const data = new DataTransfer();
              for (const [name, type, content] of files) {
                const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
                data.items.add(new File([bytes], name, { type }));
              }
              const event = kind === "paste"
                ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
                : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
              document.querySelector(place).dispatchEvent(event);
            }
            """;

    @Test
    void aPastedPictureIsShownAndDescribed() throws Exception {
        var page = lesson();
        carry(page, "paste", "image.png", "image/png", Hostile.picture("png", 900, 600));
        var text = page.locator("textarea");
        assertThat(page.locator(".upload-words input")).isFocused();
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of("target/screens/uploads-1280.png")));
        page.keyboard().type("A rope [coiled]");
        page.keyboard().press("Enter");
        assertThat(text)
                .hasValue(
                        Pattern.compile(
                                "!\\[A rope \\\\\\[coiled\\\\]]\\(file:files/image\\.png\\)"));
        assertThat(page.locator(".upload")).hasCount(0);
        assertThat(page.locator("[data-preview] picture img"))
                .hasAttribute("alt", "A rope [coiled]");
        page.waitForFunction(
                "() => { const i = document.querySelector('[data-preview] picture img'); return i.complete && i.naturalWidth > 0; }");
        assertThat(page.locator("[data-state]")).containsText("Saved");
    }

    @Test
    void severalAreDroppedAndWhatIsNoPictureIsALink() throws Exception {
        var page = lesson();
        page.evaluate(
                CARRY,
                List.of(
                        ".writing-main",
                        "drop",
                        List.of(
                                file("porch.jpg", "image/jpeg", Hostile.picture("jpg", 300, 200)),
                                file(
                                        "notes.csv",
                                        "text/csv",
                                        "a,b".getBytes(StandardCharsets.UTF_8)))));
        var text = page.locator("textarea");
        assertThat(text).hasValue(Pattern.compile("\\[notes\\.csv]\\(file:files/notes\\.csv\\)"));
        assertThat(text).hasValue(Pattern.compile("!\\[]\\(file:files/porch\\.jpg\\)"));
        assertThat(page.locator(".upload")).hasCount(1);
        page.getByText("Later").click();
        assertThat(page.locator(".upload")).hasCount(0);
    }

    @Test
    void whatIsRefusedIsSaidAndTakenOut() {
        var page = lesson();
        page.locator("input[type=file]")
                .setInputFiles(
                        new FilePayload(
                                "rope.png",
                                "image/png",
                                "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.locator(".upload.is-bad")).containsText("what is in it is none");
        // Nothing of it stays in the text, whether its teacher has read why or not.
        assertThat(page.locator("textarea")).hasValue("");
        assertThat(page.locator("[data-state]")).containsText("Saved at");
        page.locator(".upload").getByText("Dismiss").click();
        assertThat(page.locator(".upload")).hasCount(0);
        mayComplain("422");
    }

    @Test
    void aPictureWithoutItsEndIsRefusedInALessonAndAsACover() throws Exception {
        var cut = java.util.Arrays.copyOf(Hostile.fromAPhone(1200, 900), 5_000);
        var page = lesson();
        carry(page, "paste", "porch.jpg", "image/jpeg", cut);
        assertThat(page.locator(".upload.is-bad")).containsText("its end is missing");
        cover(page);
        refusedCover(page, new FilePayload("porch.jpg", "image/jpeg", cut), "its end is missing");
        mayComplain("422");
    }

    @Test
    void whatIsNoCoverIsSaidWithScriptsAndWithout() {
        var page = lesson();
        var course = page.url().replaceAll("/lessons/.*", "");
        cover(page);
        var zip = new FilePayload("notzip.zip", "application/zip", new byte[] {'P', 'K', 3, 4, 9});
        refusedCover(page, zip, "A cover is a picture");
        page.getByText("Put it on the cover").click();
        assertThat(page.locator(".field-error")).containsText("Choose a picture");
        var plain =
                context(
                                options()
                                        .setJavaScriptEnabled(false)
                                        .setStorageState(page.context().storageState()))
                        .newPage();
        plain.navigate(course + "/cover");
        refusedCover(plain, zip, "A cover is a picture");
        plain.getByText("Put it on the cover").click();
        assertThat(plain.locator(".field-error")).containsText("Choose a picture");
        mayComplain("422");
    }

    private static void cover(Page page) {
        page.navigate(page.url().replaceAll("/lessons/.*", "/cover"));
        settle(page);
    }

    private static void refusedCover(Page page, FilePayload file, String why) {
        page.locator("input[type=file]").setInputFiles(file);
        page.getByText("Put it on the cover").click();
        assertThat(page.locator(".field-error")).containsText(why);
    }

    @Test
    void whatAClosedWindowLeftBehindIsAskedAboutAndNotShown() throws Exception {
        var page = lesson();
        var area = page.locator("textarea");
        page.context().route("**/files?name=*", Route::abort);
        area.fill("A porch.\n\n");
        carry(page, "paste", "porch.jpg", "image/jpeg", Hostile.picture("jpg", 300, 200));
        carry(page, "paste", "rope.png", "image/png", Hostile.picture("png", 300, 200));
        assertThat(area).hasValue(Pattern.compile("!\\[porch\\.jpg]\\(file:\\?1\\)"));
        assertThat(area).hasValue(Pattern.compile("!\\[rope\\.png]\\(file:\\?2\\)"));
        assertThat(page.locator("[data-state]")).containsText("Saved at");
        page.context().unroute("**/files?name=*");
        page.reload();
        assertThat(page.locator(".upload")).hasCount(2);
        assertThat(page.locator("[data-preview]")).hasText("A porch.");
        assertThat(page.locator("[data-findings]")).containsText("has not arrived: porch.jpg");
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of("target/screens/left-1280.png")));
        page.locator(".upload").nth(1).getByText("Remove").click();
        page.locator(".upload input[type=file]")
                .setInputFiles(
                        new FilePayload(
                                "porch2.jpg", "image/jpeg", Hostile.picture("jpg", 300, 200)));
        assertThat(area)
                .hasValue(
                        Pattern.compile("^A porch\\.\\s+!\\[]\\(file:files/porch2\\.jpg\\)\\s*$"));
        mayComplain("ERR_FAILED");
    }

    /** However much is told above it, the text keeps half of its column. */
    @Test
    void theTextKeepsItsPlaceBesideAConflictAndUploads() throws Exception {
        var page = lesson();
        page.setViewportSize(1280, 800);
        var other = page.context().newPage();
        other.navigate(page.url());
        settle(other);
        other.locator("textarea").fill("The other's text.\n\n".repeat(30));
        assertThat(other.locator("[data-state]")).containsText("Saved at");
        page.bringToFront();
        page.context().route("**/lessons/*", Route::abort);
        page.locator("textarea").fill("My text.\n\n".repeat(30));
        page.context().unroute("**/lessons/*");
        assertThat(page.locator(".two-texts")).containsText("The other's text.");
        page.locator("textarea").fill("My later text.");
        assertThat(page.locator(".two-texts section").nth(1)).containsText("My later text.");
        var wrong = "no picture".getBytes(StandardCharsets.UTF_8);
        page.locator("input[type=file]")
                .setInputFiles(
                        new FilePayload[] {
                            new FilePayload("one.png", "image/png", wrong),
                            new FilePayload("two.png", "image/png", wrong),
                            new FilePayload("three.png", "image/png", wrong),
                            new FilePayload("four.png", "image/png", wrong)
                        });
        assertThat(page.locator(".upload.is-bad")).hasCount(4);
        for (int width : new int[] {1280, 390}) {
            page.setViewportSize(width, 800);
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setPath(Path.of("target/screens/crowded-" + width + ".png")));
            var main = page.locator(".writing-main").boundingBox();
            var text = page.locator("[data-surface]").boundingBox();
            var facts = page.locator(".writing-facts").boundingBox();
            Assertions.assertThat(text.height).isGreaterThanOrEqualTo(main.height / 2 - 1);
            Assertions.assertThat(text.y).isGreaterThanOrEqualTo(facts.y + facts.height - 1);
            Assertions.assertThat(text.y + text.height).isLessThanOrEqualTo(main.y + main.height);
            Assertions.assertThat(page.locator(".two-texts").boundingBox().width).isPositive();
        }
        page.setViewportSize(1280, 800);
        var main = page.locator(".writing-main").boundingBox();
        var undo = page.locator(".writing-undo").boundingBox();
        Assertions.assertThat(undo.x + undo.width).isLessThanOrEqualTo(main.x + main.width);
        var versions = page.getByText("Versions").boundingBox();
        var when = page.getByText("When it opens").boundingBox();
        Assertions.assertThat(versions.y).isEqualTo(when.y);
        Assertions.assertThat(versions.height).isLessThan(30);
        mayComplain("409", "422", "ERR_FAILED");
    }

    @Test
    void aLostConnectionLosesNoFile() throws Exception {
        var page = lesson();
        page.context().route("**/files?name=*", Route::abort);
        carry(page, "paste", "porch.jpg", "image/jpeg", Hostile.picture("jpg", 300, 200));
        assertThat(page.locator(".upload.is-bad")).containsText("There is no connection.");
        page.context().unroute("**/files?name=*");
        page.getByText("Try again").click();
        assertThat(page.locator("textarea"))
                .hasValue(Pattern.compile("\\(file:files/porch\\.jpg\\)"));
        mayComplain("ERR_FAILED");
    }

    @Test
    void aCourseThatIsTooLargeIsNotSent() {
        var page = lesson();
        page.navigate(URI.create(page.url()).resolve("/studio/import").toString());
        page.evaluate("document.querySelector('upload-form').dataset.most = 10");
        page.getByLabel("The zip")
                .setInputFiles(new FilePayload("course.zip", "application/zip", new byte[3 << 20]));
        page.getByText("Bring it in").click();
        assertThat(page.locator(".progress-words"))
                .hasText("This file has 3.0 MB, more than is taken. Nothing was sent.");
    }

    private Page lesson() {
        var email = Halden.email("olga");
        var school = halden().found("Atelier", "uploads" + Halden.word(), "Olga Owner", email);
        var site = "http://" + halden().visitor.host(school.text("subdomain"));
        var page = enter(context().newPage(), site, email, "/studio");
        page.getByText("New course…").click();
        page.getByLabel("Course title").fill("Pictures");
        page.getByText("Begin the course").click();
        add(page, "New module", "Loops");
        add(page, "New lesson in Loops", "The bowline");
        page.locator("[data-lesson] > a").first().click();
        settle(page);
        page.waitForFunction("() => document.querySelector('.uploads') !== null");
        return page;
    }

    private static void add(Page page, String field, String title) {
        var input = page.getByLabel(field);
        input.fill(title);
        input.press("Enter");
        assertThat(page.getByText(title).or(page.getByLabel("Select " + title)).first())
                .isAttached();
    }

    private static void carry(Page page, String kind, String name, String type, byte[] bytes) {
        page.locator("textarea").focus();
        page.evaluate(CARRY, List.of("textarea", kind, List.of(file(name, type, bytes))));
    }

    private static List<String> file(String name, String type, byte[] bytes) {
        return List.of(name, type, Base64.getEncoder().encodeToString(bytes));
    }
}
