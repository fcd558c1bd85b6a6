package org.stoa.web;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.stoa.shared.Problem;
import org.stoa.shared.Words;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Hands the scripts their words. */
@Controller
class WordsPages {
    private static final MediaType TYPE = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final ScriptWords words;

    WordsPages(ScriptWords words) {
        this.words = words;
    }

    @GetMapping(ScriptWords.FOLDER + "{name}")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    ResponseEntity<byte[]> words(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, defaultValue = "") String accepted) {
        var script = words.script(name);
        if (script == null) {
            throw new Problem.NotFound(Words.say("problem.nothingHere"));
        }
        boolean gzip = accepted.contains("gzip") && !accepted.contains("gzip;q=0");
        var answer =
                ResponseEntity.ok()
                        .contentType(TYPE)
                        .cacheControl(FOREVER)
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return gzip
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(script.gzip())
                : answer.body(script.plain());
    }
}
