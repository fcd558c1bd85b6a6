package org.stoa.catalog;

import java.util.*;

@org.springframework.stereotype.Service
public class Releases {
    public record LessonBody(String html) {
        public String excerpt(int n) {
            return "";
        }
    }

    public Optional<Release> current(String slug) {
        return Optional.empty();
    }

    public Release byId(UUID id) {
        throw new IllegalStateException();
    }

    public LessonBody body(Release r, UUID lesson) {
        throw new IllegalStateException();
    }
}
