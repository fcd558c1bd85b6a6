package org.stoa.messaging.templates;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.identity.VisitPages;
import org.stoa.messaging.MailKind;
import org.stoa.shared.Language;
import org.stoa.shared.Problem;
import org.stoa.shared.Words;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shell;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a school's administrators write the words of its mail. */
@Controller
public class TemplatePages {
    private final MailTemplates templates;
    private final Shells shells;

    TemplatePages(MailTemplates templates, Shells shells) {
        this.templates = templates;
        this.shells = shells;
    }

    /** A kind of mail in the list. */
    public record Kind(String word, boolean own) {}

    /**
     * {@code messaging/templates}; posts {@code replyTo} to {@code /admin/mail-templates}.
     *
     * @param language whose words these are
     */
    public record TemplatesView(
            List<Kind> kinds,
            Language language,
            List<Language> languages,
            Form form,
            String notice) {}

    /**
     * {@code messaging/template}; posts {@code subject} and {@code body} to {@code here}, {@code
     * here/preview} and, to have Stoa's own words back, {@code here/forget}.
     *
     * @param preview HTML that was made safe; null before it was asked for
     * @param previewText the same as text
     */
    public record TemplateView(
            String kind,
            Language language,
            String here,
            List<String> placeholders,
            Form form,
            String previewSubject,
            @Nullable String preview,
            String previewText,
            String notice) {}

    @GetMapping("/admin/mail-templates")
    @Allowed(Who.ADMIN)
    Page all(
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        var form = Form.filled(Map.of("replyTo", templates.replyTo()));
        return listed(
                spoken(language), form, done.isEmpty() ? "" : say("mail.template.saved"), request);
    }

    @PostMapping("/admin/mail-templates")
    @Allowed(Who.ADMIN)
    @Nullable Page answers(
            @RequestParam(defaultValue = "") String replyTo,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            templates.answersGoTo(replyTo);
        } catch (Problem.Invalid e) {
            var form = Form.refused(Map.of("replyTo", replyTo), e.errors());
            return listed(Words.language(), form, "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        VisitPages.seeOther(response, "/admin/mail-templates?done=saved");
        return null;
    }

    @GetMapping("/admin/mail-templates/{kind}/{language}")
    @Allowed(Who.ADMIN)
    Page one(
            @PathVariable String kind,
            @PathVariable String language,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        var which = kind(kind);
        var in = language(language);
        var template = templates.of(which, in);
        var notice = done.isEmpty() ? "" : say("mail.template.saved");
        return page(which, in, filled(template), null, notice, request);
    }

    @PostMapping("/admin/mail-templates/{kind}/{language}/preview")
    @Allowed(Who.ADMIN)
    Page preview(
            @PathVariable String kind,
            @PathVariable String language,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String body,
            HttpServletRequest request) {
        var which = kind(kind);
        var in = language(language);
        var template = new MailTemplate(subject.strip(), body.strip());
        try {
            var shell = shell(which, request);
            var preview = templates.preview(which, in, template, shell.address());
            return page(which, in, filled(template), preview, "", request);
        } catch (Problem.Invalid e) {
            return page(which, in, refused(template, e), null, "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/admin/mail-templates/{kind}/{language}")
    @Allowed(Who.ADMIN)
    @Nullable Page keep(
            @PathVariable String kind,
            @PathVariable String language,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String body,
            HttpServletRequest request,
            HttpServletResponse response) {
        var which = kind(kind);
        var in = language(language);
        var template = new MailTemplate(subject.strip(), body.strip());
        try {
            templates.keep(which, in, template);
        } catch (Problem.Invalid e) {
            return page(which, in, refused(template, e), null, "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        VisitPages.seeOther(response, here(which, in) + "?done=saved");
        return null;
    }

    @PostMapping("/admin/mail-templates/{kind}/{language}/forget")
    @Allowed(Who.ADMIN)
    void forget(
            @PathVariable String kind,
            @PathVariable String language,
            HttpServletResponse response) {
        templates.forget(kind(kind), language(language));
        VisitPages.seeOther(response, here(kind(kind), language(language)) + "?done=saved");
    }

    /** What is kept, as mail programs get it: saved rather than shown, since it has styles. */
    @GetMapping("/admin/mail-templates/{kind}/{language}/mail.html")
    @Allowed(Who.ADMIN)
    ResponseEntity<String> html(
            @PathVariable String kind, @PathVariable String language, HttpServletRequest request) {
        var which = kind(kind);
        var in = language(language);
        var site = shell(which, request).address();
        var preview = templates.preview(which, in, templates.of(which, in), site);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mail.html\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(preview.letter().html());
    }

    private Page listed(Language language, Form form, String notice, HttpServletRequest request) {
        var own = templates.own(language);
        var kinds =
                Arrays.stream(MailKind.values())
                        .map(kind -> new Kind(kind.word(), own.contains(kind.word())))
                        .toList();
        return Page.of(
                "messaging/templates",
                shells.personal(request, say("mail.templates"), "school"),
                new TemplatesView(kinds, language, Language.all(), form, notice));
    }

    private Page page(
            MailKind kind,
            Language language,
            Form form,
            MailTemplates.@Nullable Preview preview,
            String notice,
            HttpServletRequest request) {
        var view =
                new TemplateView(
                        kind.word(),
                        language,
                        here(kind, language),
                        kind.placeholders(),
                        form,
                        preview == null ? "" : preview.letter().subject(),
                        preview == null ? null : preview.words(),
                        preview == null ? "" : preview.letter().text(),
                        notice);
        return Page.of("messaging/template", shell(kind, request), view);
    }

    private Shell shell(MailKind kind, HttpServletRequest request) {
        return shells.personal(request, say("mail.kind", kind.word()), "school");
    }

    private static Form filled(MailTemplate template) {
        return Form.filled(Map.of("subject", template.subject(), "body", template.body()));
    }

    private static Form refused(MailTemplate template, Problem.Invalid e) {
        return Form.refused(
                Map.of("subject", template.subject(), "body", template.body()), e.errors());
    }

    private static String here(MailKind kind, Language language) {
        return "/admin/mail-templates/" + kind.word() + "/" + language.tag();
    }

    private static Language spoken(String tag) {
        var language = Language.of(tag);
        return language == null ? Words.language() : language;
    }

    private static Language language(String tag) {
        var language = Language.of(tag);
        if (language == null) {
            throw new Problem.NotFound(say("problem.noSuchTemplate"));
        }
        return language;
    }

    private static MailKind kind(String word) {
        return Arrays.stream(MailKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchTemplate")));
    }
}
