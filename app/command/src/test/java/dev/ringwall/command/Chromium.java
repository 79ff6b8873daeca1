package dev.ringwall.command;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/// A real Chromium, as the system's packages installed it; none is ever downloaded.
///
/// It trusts one certificate that it would not trust otherwise: the door's, which was looked at first with the system's own root.
final class Chromium implements AutoCloseable {

    private static final List<Path> PLACES =
            List.of(
                    Path.of("/usr/bin/chromium"),
                    Path.of("/usr/bin/chromium-browser"),
                    Path.of("/usr/bin/google-chrome"),
                    Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    /// How long anything on a page may take before the test gives up.
    private static final double PATIENCE_MILLIS = 20_000;

    private final Playwright playwright;
    private final Browser browser;
    private final URI door;

    private Chromium(Playwright playwright, Browser browser, URI door) {
        this.playwright = playwright;
        this.browser = browser;
        this.door = door;
    }

    /// Where the browser lies; empty where none is installed, which is said aloud.
    static Optional<Path> installed() {
        Optional<Path> found = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (found.isEmpty()) {
            System.err.println(
                    "LOUD: no Chromium is installed, so no page is tested in a browser; `apt-get install chromium` makes it so");
        }
        return found;
    }

    static Chromium start(Path executable, ShopUnderTest shop)
            throws IOException, GeneralSecurityException {
        return start(executable, shop.state(), shop.system().door());
    }

    static Chromium start(Path executable, StateFolder state, URI door)
            throws IOException, GeneralSecurityException {
        List<String> arguments = new ArrayList<>();
        arguments.add("--ignore-certificate-errors-spki-list=" + keyOfDoor(state, door));
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setChromiumSandbox(!root())
                                        .setArgs(arguments));
        return new Chromium(playwright, browser, door);
    }

    /// Chromium's sandbox does not work for root.
    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String keyOfDoor(StateFolder state, URI door)
            throws IOException, GeneralSecurityException {
        try (SSLSocket socket =
                (SSLSocket)
                        DoorCall.trustingRootOf(state)
                                .getSocketFactory()
                                .createSocket(door.getHost(), door.getPort())) {
            byte[] key = socket.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        }
    }

    /// Somebody at a desk, with a browser of their own that knows nothing yet.
    Visitor visitor() {
        return visitor(1280, 800, ColorScheme.LIGHT);
    }

    /// Somebody with a screen of that size, who likes these colours.
    Visitor visitor(int width, int height, ColorScheme colours) {
        return new Visitor(
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, height)
                                .setColorScheme(colours)
                                .setLocale("en-GB")),
                door,
                PATIENCE_MILLIS);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
