package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sign-ins are listed by the names that people give their devices. */
class DeviceNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " HeadlessChrome/150.0.0.0 Safari/537.36 | Chromium on Linux",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0 | Edge on Windows",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101"
                        + " Firefox/150.0 | Firefox on macOS",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"
                        + " (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1 | Safari on"
                        + " iPhone",
                "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/150.0.0.0 Mobile Safari/537.36 | Chrome on Android",
                "curl/8.14.1 | curl",
                "'' | An unknown program",
            })
    void aBrowserIsCalledByItsNameAndSystem(String userAgent, String name) {
        assertThat(DeviceName.of(userAgent)).isEqualTo(name);
    }

    @Test
    void theMachineItselfIsThisComputer() {
        assertThat(DeviceName.place("0:0:0:0:0:0:0:1")).isEqualTo("this computer");
        assertThat(DeviceName.place("127.0.0.1")).isEqualTo("this computer");
        assertThat(DeviceName.place("192.0.2.7")).isEqualTo("192.0.2.7");
    }
}
