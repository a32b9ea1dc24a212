package io.delever.gateway.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Takes pictures of the page of a running gateway, for people to look at. */
public final class ShotsMain {
    private ShotsMain() {}

    /** Arguments: the gateway's address and the folder for the pictures. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        try (Browser browser = Browser.start(Browser.find().orElseThrow())) {
            for (String colours : List.of("light", "dark")) {
                browser.appearance(1440, 900, false, colours);
                browser.open(args[0]);
                pause(4);
                browser.screenshot(folder.resolve(colours + "-desktop.png"), false);
                browser.screenshot(folder.resolve(colours + "-desktop-whole.png"), true);
                browser.click("#cases tr:nth-child(9) button");
                pause(1);
                browser.screenshot(folder.resolve(colours + "-case.png"), false);
                browser.press("Escape", 27);
                browser.appearance(390, 844, true, colours);
                pause(2);
                browser.screenshot(folder.resolve(colours + "-phone.png"), false);
                browser.screenshot(folder.resolve(colours + "-phone-whole.png"), true);
            }
            browser.errors().forEach(System.err::println);
        }
    }

    private static void pause(int seconds) {
        LockSupport.parkNanos(seconds * 1_000_000_000L);
    }
}
