package org.stoa.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.HashSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class CoverTest {
    @Test
    void theSameCourseHasTheSameCover() {
        assertThat(Cover.of("music-theory", "Music Theory"))
                .isEqualTo(Cover.of("music-theory", "Another title of it"));
    }

    @Test
    void everyDrawingIsWellFormedAndWithoutStyle() throws Exception {
        var cloths = new HashSet<String>();
        var drawings = new HashSet<String>();
        for (int i = 0; i < 600; i++) {
            var cover = Cover.of("course-" + i, "& <title> " + i);
            cloths.add(cover.cloth());
            drawings.add(cover.drawing());
            assertThat(cover.drawing()).doesNotContain("style=").doesNotContain("NaN");
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(cover.drawing())));
        }
        assertThat(cloths).hasSize(6);
        assertThat(drawings).hasSizeGreaterThan(40);
    }

    @Test
    void aTitleWithoutLettersHasACoverToo() {
        for (int i = 0; i < 100; i++) {
            assertThat(Cover.of("c" + i, "🎻 !").drawing()).endsWith("</svg>");
        }
    }
}
