package org.stoa.web;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.stoa.shared.Problem;
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Hands out what a school with a colour of its own is drawn in. */
@Controller
class ColoursPages {
    private static final MediaType TYPE = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final SchoolColours colours;

    ColoursPages(SchoolColours colours) {
        this.colours = colours;
    }

    @GetMapping(SchoolColours.FOLDER + "{name}")
    @Allowed(Who.ANYONE)
    ResponseEntity<byte[]> colours(@PathVariable String name) {
        var sheet = colours.sheet(Caller.current().school());
        if (sheet == null) {
            throw new Problem.NotFound(Words.say("problem.nothingHere"));
        }
        // A page that was kept somewhere names the colours before these: it gets these, and nobody
        // keeps them under that name.
        var keep = name.equals(sheet.name()) ? FOREVER : CacheControl.noStore();
        return ResponseEntity.ok().contentType(TYPE).cacheControl(keep).body(sheet.bytes());
    }
}
