package org.stoa.catalog.markdown.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** Formulas as teachers write them, and as nobody should. */
class FormulaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\frac{1}{2} | <mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>",
                "\\frac12 | <mfrac><mn>1</mn><mn>2</mn></mfrac>",
                "x_i^2 | <msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>",
                "f'(x) | <msup><mi>f</mi><mo>′</mo></msup>",
                "\\sqrt[3]{x} | <mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>",
                "\\sum_{i=1}^n i | <munderover><mo>∑</mo>",
                "\\int_0^1 x\\,dx | <msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>",
                "\\lim_{x \\to 0} | <munder><mi>lim</mi>",
                "\\mathbb{R} | <mi>ℝ</mi>",
                "\\mathbf{v} | <mi>\uD835\uDC2F</mi>",
                "\\alpha \\leq \\Omega | <mi>α</mi><mo>≤</mo><mi>Ω</mi>",
                "3.14 - 1,000 | <mn>3.14</mn><mo>−</mo><mn>1,000</mn>",
                "a < b | <mo>&lt;</mo>",
                "\\left( \\frac{a}{b} \\right) | <mo stretchy=\"true\">(</mo>",
                "\\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix} | </mtr><mtr>",
                "\\text{if } x > 0 | <mtext>if </mtext>",
                "\\vec{v} | <mover accent=\"true\"><mrow><mi>v</mi></mrow><mo>→</mo></mover>",
                "\\{1, 2\\} | <mo stretchy=\"false\">{</mo>",
                "a \\not= b | ≠",
            })
    void aFormulaIsSet(String tex, String mathml) {
        assertThat(Formula.mathml(tex, true).orElseThrow()).contains(mathml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\frac{1}",
                "x^",
                "{",
                "}",
                "\\left( x",
                "\\begin{pmatrix} 1",
                "\\nonsense",
                "\\",
                "\\sqrt[3",
                "\\begin{tikz}\\end{tikz}",
                "\\href{javascript:alert(1)}{x}",
                "a ^ ^",
            })
    void whatIsNotUnderstoodStaysAsItIsWritten(String tex) {
        assertThat(Formula.mathml(tex, false)).isEmpty();
    }

    @Test
    void depthAndLengthEndSomewhere() {
        assertThat(Formula.mathml("{".repeat(900) + "}".repeat(900), false)).isEmpty();
        assertThat(Formula.mathml("x".repeat(3_000), false)).isEmpty();
    }

    /** Whatever is thrown at it: well-formed, and of its own elements only. */
    @Test
    void nothingOfTheFormulaBecomesMarkup() throws Exception {
        var pieces =
                new String[] {
                    "<script>",
                    "\\text{<img onerror=x>}",
                    "\"",
                    "&lt;",
                    "\\frac",
                    "{",
                    "}",
                    "_",
                    "^",
                    "x",
                    "12",
                    "\\sqrt",
                    "[",
                    "]",
                    "\\left",
                    "(",
                    "\\right",
                    ")",
                    "\\\\",
                    "&",
                    "\\mathbb{R}",
                    "\\sum",
                    "'",
                    "\\begin{cases}",
                    "\\end{cases}",
                    "\\hat",
                    " ",
                    "\\operatorname{<b>}",
                    "\\not",
                    "\\mathrm{</math>}",
                };
        var random = RandomGenerator.of("L64X128MixRandom");
        int set = 0;
        for (int i = 0; i < 20_000; i++) {
            var tex = new StringBuilder();
            for (int n = random.nextInt(1, 9); n > 0; n--) {
                tex.append(pieces[random.nextInt(pieces.length)]);
            }
            var found = Formula.mathml(tex.toString(), random.nextBoolean());
            if (found.isEmpty()) {
                continue;
            }
            set++;
            assertThat(found.get()).as(tex.toString()).doesNotContainPattern("<(?!/?m[a-z]+[ >])");
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new java.io.StringReader(found.get())));
        }
        assertThat(set).isGreaterThan(1_000);
    }
}
