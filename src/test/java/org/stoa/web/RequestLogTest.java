package org.stoa.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.HandlerMapping;

/** The log of requests is read by many; a link that somebody was sent is theirs alone. */
class RequestLogTest {
    private static final String SECRET = "o2n805ahQx-3kfV0sJ7rW1";

    @Test
    void aLinkThatIsASecretIsNotWrittenDown() {
        for (var route : new String[] {"/reset/{token}", "/invited/{token}", "/any/{token}/on"}) {
            var request = new MockHttpServletRequest("GET", route.replace("{token}", SECRET));
            request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, route);
            assertThat(RequestLog.address(request)).isEqualTo(route);
        }
        for (var first : new String[] {"reset", "confirm", "invited", "unsubscribe"}) {
            var request = new MockHttpServletRequest("GET", "/" + first + "/" + SECRET + "/x");
            assertThat(RequestLog.address(request)).doesNotContain(SECRET);
        }
        var page = new MockHttpServletRequest("GET", "/courses/knots");
        page.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/courses/{slug}");
        assertThat(RequestLog.address(page)).isEqualTo("/courses/knots");
    }
}
