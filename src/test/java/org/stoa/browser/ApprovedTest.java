package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Pictures are the same however late the faces of a page are. */
class ApprovedTest extends BrowserTest {
    private static final String USED =
            "() => [...document.fonts].filter(it => it.display === 'auto').length";

    @Test
    void aPageWhoseFacesComeTooLateIsDrawnWithThem() {
        var page = context().newPage();
        page.setViewportSize(WIDE, 900);
        page.route(
                "**/*.woff2",
                route -> {
                    page.waitForTimeout(400);
                    route.resume();
                });
        page.navigate(platform() + "/");
        settle(page);
        assertThat(page.evaluate(USED)).isEqualTo(0);
        Approved.compare("welcome-1280-light", picture(page));
        assertThat(page.evaluate(USED)).isEqualTo(3);
    }

    private static Path picture(Page page) {
        var picture = Path.of("target/screens/late-faces.png");
        Approved.draw(page, true, picture);
        return picture;
    }
}
