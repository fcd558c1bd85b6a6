package org.stoa.inbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the inbox works.
 *
 * @param attempts after how many an event is dead
 * @param atOnceMillis how long the try right after storing may take
 * @param keepDays how long bodies are kept, at least 30; ids are kept three times as long
 */
@ConfigurationProperties("stoa.inbox")
public record InboxSettings(
        @DefaultValue("12") int attempts,
        @DefaultValue("500") int atOnceMillis,
        @DefaultValue("30") int keepDays) {}
