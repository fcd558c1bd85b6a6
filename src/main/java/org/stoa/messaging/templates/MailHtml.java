package org.stoa.messaging.templates;

import static org.stoa.shared.Words.say;

import org.stoa.shared.Accent;
import org.stoa.shared.Colour;

/**
 * The HTML around a mail's words, as mail programs read it: tables, styles on the elements, no
 * pictures, nothing fetched. It stands in both themes, since the programs turn it round by
 * themselves.
 */
final class MailHtml {
    private static final String SANS =
            "font-family:system-ui,-apple-system,Segoe UI,Arial,sans-serif;";
    private static final String SERIF = "font-family:Iowan Old Style,Palatino,Georgia,serif;";
    private static final Colour PAPER = Colour.of("#ffffff");
    private static final Colour INK = Colour.of("#101524");

    private MailHtml() {}

    static String page(String words, String title, Frame frame) {
        return """
        <!doctype html>
        <html lang="%s" dir="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
        <meta name="color-scheme" content="light dark"><title>%s</title></head>
        <body style="margin:0;padding:0;background:#f6f4ef;">
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" style="background:#f6f4ef;"><tr><td align="center" style="padding:32px 16px;">
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#fffefb;border-top:3px solid %s;">
        <tr><td style="padding:28px 32px 0;%sfont-size:14px;color:#5c6070;">%s</td></tr>
        <tr><td style="padding:12px 32px 20px;%sfont-size:18px;line-height:1.55;color:#20263a;">%s</td></tr>
        </table>
        <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" style="max-width:560px;"><tr><td style="padding:16px 32px;%sfont-size:13px;line-height:1.45;color:#5c6070;">%s</td></tr></table>
        </td></tr></table></body></html>
        """
                .formatted(
                        escaped(frame.language()),
                        escaped(frame.direction()),
                        escaped(title),
                        accent(frame),
                        SANS,
                        escaped(frame.school()),
                        SERIF,
                        words,
                        SANS,
                        foot(frame));
    }

    private static String foot(Frame frame) {
        var site = anchor(frame.site(), escaped(frame.site().replaceFirst("^https?://", "")));
        var foot = escaped(frame.school()) + " · " + site;
        return frame.preferences().isEmpty()
                ? foot
                : foot + "<br>" + anchor(frame.preferences(), escaped(preferencesWords()));
    }

    static String preferencesWords() {
        return say("mail.foot.preferences");
    }

    private static String anchor(String address, String words) {
        return "<a href=\"" + escaped(address) + "\" style=\"color:#5c6070;\">" + words + "</a>";
    }

    /** A link that stands alone. */
    static String button(String address, String words, Frame frame) {
        var accent = accent(frame);
        return """
        <table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 20px;"><tr><td style="background:%s;border-radius:6px;">\
        <a href="%s" style="display:inline-block;padding:13px 24px;%sfont-size:16px;font-weight:550;color:%s;text-decoration:none;">%s</a>\
        </td></tr></table>\
        """
                .formatted(accent, address, SANS, on(accent), words);
    }

    static String styled(String html) {
        return html.replace("<p>", "<p style=\"margin:0 0 16px;\">")
                .replaceAll(
                        "<(h[123])>",
                        "<$1 style=\"margin:8px 0 12px;font-size:23px;line-height:1.2;font-weight:500;\">")
                .replaceAll("<(ul|ol)>", "<$1 style=\"margin:0 0 16px;padding-left:24px;\">")
                .replace(
                        "<blockquote>",
                        "<blockquote style=\"margin:0 0 16px;padding-left:16px;border-left:3px solid #ddd8cc;\">")
                .replaceAll(
                        "<a href=\"([^\"]*)\" rel=\"[^\"]*\">",
                        "<a href=\"$1\" style=\"color:" + Accent.STOAS_OWN + ";\">");
    }

    private static Colour accent(Frame frame) {
        return Colour.written(frame.accent()) ? Colour.of(frame.accent()) : Accent.STOAS_OWN;
    }

    /** Paper where that can be read on it, else whichever of paper and ink reads better. */
    static Colour on(Colour accent) {
        double paper = accent.contrast(PAPER);
        return paper >= Colour.READABLE || paper > accent.contrast(INK) ? PAPER : INK;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
