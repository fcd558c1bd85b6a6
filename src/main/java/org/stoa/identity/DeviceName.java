package org.stoa.identity;

import static org.stoa.shared.Words.say;

import java.util.List;
import java.util.Map;

/**
 * What people call the device of a sign-in: {@code Firefox on Windows}. Browsers name themselves in
 * the words of all before them, so the most particular word counts.
 */
final class DeviceName {
    private static final List<Map.Entry<String, String>> BROWSERS =
            List.of(
                    Map.entry("Edg", "Edge"),
                    Map.entry("OPR/", "Opera"),
                    Map.entry("SamsungBrowser/", "Samsung Internet"),
                    Map.entry("Firefox/", "Firefox"),
                    Map.entry("FxiOS/", "Firefox"),
                    Map.entry("CriOS/", "Chrome"),
                    Map.entry("Chromium/", "Chromium"),
                    Map.entry("HeadlessChrome/", "Chromium"),
                    Map.entry("Chrome/", "Chrome"),
                    Map.entry("Safari/", "Safari"),
                    Map.entry("curl/", "curl"),
                    Map.entry("Java", "Java"),
                    Map.entry("python", "Python"));
    private static final List<Map.Entry<String, String>> SYSTEMS =
            List.of(
                    Map.entry("Android", "Android"),
                    Map.entry("iPhone", "iPhone"),
                    Map.entry("iPad", "iPad"),
                    Map.entry("Windows", "Windows"),
                    Map.entry("Mac OS X", "macOS"),
                    Map.entry("CrOS", "ChromeOS"),
                    Map.entry("Linux", "Linux"));

    private DeviceName() {}

    static String of(String userAgent) {
        var browser = first(BROWSERS, userAgent);
        var system = first(SYSTEMS, userAgent);
        if (browser.isEmpty()) {
            return system.isEmpty()
                    ? say("identity.device.unknown")
                    : say("identity.device.browser", system);
        }
        if (browser.equals("Java") || browser.equals("Python")) {
            return say("identity.device.program", browser);
        }
        return system.isEmpty() ? browser : say("identity.device.on", browser, system);
    }

    /** Where it called from. */
    static String place(String address) {
        boolean here =
                address.equals("::1")
                        || address.equals("0:0:0:0:0:0:0:1")
                        || address.startsWith("127.");
        return here ? say("identity.device.here") : address;
    }

    private static String first(List<Map.Entry<String, String>> names, String userAgent) {
        return names.stream()
                .filter(name -> userAgent.contains(name.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("");
    }
}
