package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.SetContentOptions;
import com.microsoft.playwright.options.WaitUntilState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stoa.browser.Halden.Someone;
import org.stoa.testing.Visitor.Answer;
import tools.jackson.databind.json.JsonMapper;

/**
 * More than 500 texts that try to run a script, in every field that is shown again. The browser is
 * told to ignore the pages' content security policy: what is held to account is what stands in the
 * page, not the second lock.
 */
class NoScriptRunsTest extends BrowserTest {
    private static final int A_LESSON = 12;
    private static final int LONGEST = 4_900;
    // What may stand in a page: our own scripts by address, addresses that name no script, and
    // frames of the films that lessons may hold.
    private static final String FOREIGN =
            """
            () => [...document.querySelectorAll("*")].flatMap((one) => {
              const found = [];
              const name = one.localName;
              if (name === "script" && !one.src.includes("/assets/")) found.push(one.outerHTML);
              if (["base", "object", "embed", "applet", "frame", "portal"].includes(name)) found.push(one.outerHTML);
              if (name === "iframe" && !/^https:\\/\\/(www\\.youtube-nocookie\\.com|player\\.vimeo\\.com)\\//.test(one.src)) found.push(one.outerHTML);
              if (name === "meta" && one.httpEquiv.toLowerCase() === "refresh") found.push(one.outerHTML);
              for (const { name: key, value } of one.attributes) {
                if (/^on|^hx-on|^srcdoc$/i.test(key)) found.push(one.outerHTML);
                if (/^(href|src|action|formaction|xlink:href|data|background|poster|hx-get|hx-post)$/i.test(key)
                    && /^[\\s\\u0000-\\u001f]*(j\\s*a\\s*v\\s*a|vb)\\s*script:|^\\s*data:(?!image\\/)/i.test(value)) found.push(one.outerHTML);
              }
              return found.map((html) => html.slice(0, 200));
            })
            """;

    private final List<String> ran = new ArrayList<>();
    private List<String> payloads = List.of();
    private Someone owner = new Someone("", "", "");
    private String school = "";

    @BeforeEach
    void found(@TempDir Path folder) throws Exception {
        payloads = Payloads.all(folder);
        assertThat(payloads).hasSizeGreaterThan(500);
        var email = Halden.email("olga");
        var founded =
                halden().found(
                                "<script>alert('s')</script>",
                                "x" + Halden.word(),
                                "<img src=x onerror=alert(1)>",
                                email);
        school = founded.text("subdomain");
        owner = new Someone("Olga", email, founded.text("token"));
    }

    @Test
    void inLessonsTitlesAndNames() {
        var report = halden().bringIn(school, owner.token(), Halden.zip(course()));
        var slug = report.at("/course/slug").asString();
        assertThat(
                        call(
                                        "POST",
                                        "/api/v1/courses/" + slug + "/releases",
                                        Map.of("note", payloads.get(3)))
                                .status())
                .isEqualTo(201);
        var page = reader();
        for (var path :
                List.of(
                        "/courses",
                        "/courses?q=alert",
                        "/courses/" + slug,
                        "/studio",
                        "/studio/" + slug,
                        "/studio/import",
                        "/admin/members",
                        "/account")) {
            look(page, path);
        }
        var lessons =
                call("GET", "/api/v1/courses/" + slug, null).json().findParents("minutes").stream()
                        .filter(l -> l.has("slug") && !l.has("lessons"))
                        .toList();
        assertThat(lessons).hasSizeGreaterThanOrEqualTo(payloads.size() / A_LESSON);
        call("POST", "/api/v1/courses/" + slug + "/enrollments", Map.of());
        for (var lesson : lessons) {
            look(page, "/learn/" + slug + "/" + lesson.get("slug").asString());
        }
        look(page, "/learn");
        for (int i = 0; i < lessons.size(); i += 10) {
            var editor = "/studio/" + slug + "/lessons/" + lessons.get(i).get("id").asString();
            look(page, editor);
            page.waitForCondition(() -> page.locator("[data-preview] > *").count() > 0);
            clean(page, editor);
        }
        assertThat(ran).isEmpty();
    }

    @Test
    void inWhatIsAskedForAndRefused() {
        var page = reader();
        for (var payload : payloads) {
            var words = URLEncoder.encode(payload, StandardCharsets.UTF_8);
            for (var path :
                    List.of(
                            "/courses?q=" + words,
                            "/courses/" + words.replace("+", "%20"),
                            "/sign-in?next=/" + words)) {
                shown(page, halden().visitor.call("GET", school, path, null, null), path);
            }
        }
        assertThat(ran).isEmpty();
    }

    /** As many texts in each question as it takes; the school's own lessons stand above them. */
    @Test
    void inDiscussions() {
        var zip = Halden.zip(Map.of("course.yaml", "title: Talk", "1-one.md", "# One\n\nRead."));
        var slug = halden().bringIn(school, owner.token(), zip).at("/course/slug").asString();
        call("POST", "/api/v1/courses/" + slug + "/releases", Map.of());
        call("POST", "/api/v1/courses/" + slug + "/enrollments", Map.of());
        var outline = call("GET", "/api/v1/courses/" + slug, null);
        var lesson = outline.text("modules.0.lessons.0.id");
        var path = "/api/v1/courses/" + slug + "/lessons/" + lesson + "/discussion";
        var together = new StringBuilder();
        int asked = 0;
        for (var payload : payloads) {
            if (payload.length() > LONGEST) {
                continue;
            }
            if (together.length() + payload.length() > LONGEST) {
                assertThat(call("POST", path, Map.of("text", together.toString())).status())
                        .isEqualTo(201);
                together.setLength(0);
                asked++;
            }
            together.append(payload).append("\n\n");
        }
        assertThat(asked).isGreaterThan(5);
        var page = reader();
        var at = "/learn/" + slug + "/" + outline.text("modules.0.lessons.0.slug");
        look(page, at + "/discussion");
        look(page, at);
        page.locator("live-talk").scrollIntoViewIfNeeded();
        page.waitForCondition(() -> page.locator(".question").count() > 5);
        clean(page, at);
        assertThat(ran).isEmpty();
    }

    /** The two ways of noticing do notice: without them the tests above would show nothing. */
    @Test
    void whatRunsIsNoticed() {
        var page = reader();
        page.setContent("<img src=x onerror=alert(7)><a href=' java\tscript:alert(1)'>x</a>");
        page.waitForCondition(() -> !ran.isEmpty());
        assertThat(ran.getFirst()).endsWith("said 7");
        clean(page, "here");
        assertThat(ran.getLast()).contains("onerror", "alert(1)");
    }

    /**
     * Every payload is the text of a lesson, and many are the title of one or the name of a file.
     */
    private Map<String, String> course() {
        var files = new TreeMap<String, String>();
        var json = JsonMapper.shared();
        files.put(
                "course.yaml",
                "title: %s\nsummary: %s\ncategory: %s\ntags: [%s]\nlevel: %s\noutcomes: [%s]\n"
                        .formatted(
                                json.writeValueAsString("<svg onload=alert(1)> course"),
                                json.writeValueAsString(payloads.get(0)),
                                json.writeValueAsString("\"><script>alert(1)</script>"),
                                json.writeValueAsString("'><img src=x onerror=alert(1)>"),
                                json.writeValueAsString("<b onclick=alert(1)>"),
                                json.writeValueAsString(payloads.get(1))));
        for (int from = 0, n = 1; from < payloads.size(); from += A_LESSON, n++) {
            var some = payloads.subList(from, Math.min(payloads.size(), from + A_LESSON));
            var title = some.getFirst().replaceAll("\\s+", " ");
            var name = title.replaceAll("[/\\\\\\p{Cntrl}:*?]", "_");
            var brief = name.substring(0, Math.min(60, name.length()));
            files.put(
                    "%02d-part/%02d-lesson.md".formatted(n / 10, n),
                    "# %s\n\n![a](<../img/%d%s.png>)\n\n%s\n"
                            .formatted(title, n, brief, String.join("\n\nand\n\n", some)));
            files.put("img/%d%s.png".formatted(n, brief), "not a picture");
        }
        return files;
    }

    // Broken pictures, and scripts whose page was taken away by the next answer, are no complaint.
    private Page reader() {
        BrowserContext context = unheard(options().setBypassCSP(true));
        var page = context.newPage();
        page.onDialog(dialog -> {
            ran.add(page.url() + " said " + dialog.message());
            dialog.dismiss();
        });
        return enter(page, site(), owner.email(), "/learn");
    }

    private void look(Page page, String path) {
        page.navigate(site() + path);
        clean(page, path);
    }

    /** Reads an answer as a page of its own. */
    private void shown(Page page, Answer answer, String path) {
        assertThat(answer.status()).as(path).isLessThan(500);
        page.setContent(
                answer.body(),
                new SetContentOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
        clean(page, path);
    }

    private void clean(Page page, String where) {
        if (page.evaluate(FOREIGN) instanceof List<?> found && !found.isEmpty()) {
            ran.add(where + " holds " + found);
        }
    }

    private Answer call(
            String method, String path, @org.jspecify.annotations.Nullable Object body) {
        return halden().visitor.call(method, school, path, owner.token(), body);
    }

    private String site() {
        return "http://" + halden().visitor.host(school);
    }
}
