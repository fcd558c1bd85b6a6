package org.stoa.web.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls a minute are answered. They keep a runaway program from taking the place of
 * everyone else; a classroom behind one address stays far below them. Guessing of passwords has
 * tighter limits of its own, in {@code identity}.
 */
@ConfigurationProperties("stoa.limits")
public record LimitSettings(
        @DefaultValue("600000") long addressPerMinute,
        @DefaultValue("300000") long personPerMinute,
        @DefaultValue("3000000") long schoolPerMinute) {}
