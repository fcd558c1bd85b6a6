package org.stoa.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CharactersTest {
    @Test
    void nothingThatIsSaidIsReadInAnotherOrderThanItIsWritten() {
        assertThat(Characters.said("notes\u202Efdp.exe\u202D and\u0000 more"))
                .isEqualTo("notesfdp.exe and more");
    }

    @Test
    void whatAScriptOrAnEmojiNeedsStays() {
        var said = "می\u200Cخواهم \u200F123 👩\u200D🏫";
        assertThat(Characters.said(said)).isEqualTo(said);
    }
}
