package org.stoa.launch;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** The school that a first start shows. */
@Component
@ConditionalOnBooleanProperty("stoa.demo")
final class DemoSchool {
    String described(String host, int port) {
        return "";
    }
}
