package org.stoa.media;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is taken.
 *
 * @param fileMegabytes of one file
 * @param schoolMegabytes of all that one school keeps; 0 for any amount
 */
@ConfigurationProperties("stoa.uploads")
record UploadSettings(
        @DefaultValue("200") long fileMegabytes, @DefaultValue("0") long schoolMegabytes) {
    private static final int MEGABYTE = 20;

    long mostOfFile() {
        return fileMegabytes << MEGABYTE;
    }

    long mostOfSchool() {
        return schoolMegabytes == 0 ? Long.MAX_VALUE : schoolMegabytes << MEGABYTE;
    }
}
