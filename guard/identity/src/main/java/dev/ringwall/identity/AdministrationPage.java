package dev.ringwall.identity;

import dev.ringwall.model.Reason;
import dev.ringwall.people.Asked;
import dev.ringwall.people.Rights;
import dev.ringwall.people.Secrets;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// The page for administrators, with its scripts. It is the same for everybody and knows nothing but the time and the word that the provider
/// wants in proofs: what it shows it asks of the admin API, at the door, with the token of whoever has signed in to it.
///
/// The scripts lie below a name that changes with them, so that those of one version never meet those of another.
final class AdministrationPage extends HttpServlet {

    private static final String FOLDER = "administration/";

    /// All that the page loads, besides the style sheet and the icon that every page has.
    private static final Map<String, String> FILES = files();

    private static final String VERSION =
            Secrets.sha256(String.join("\n", FILES.values())).substring(0, 16);

    private final URI door;
    private final transient Rights rights;
    private final transient Nonces nonces;
    private final transient InstantSource clock;
    private final transient Pages page = Pages.part("administration");

    AdministrationPage(IdentitySettings settings, Rights rights) {
        this.door = settings.door();
        this.rights = rights;
        this.clock = settings.clock();
        this.nonces = new Nonces(settings.sealing(), clock);
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name :
                new String[] {
                    "administration.css",
                    "start.js",
                    "sign-in.js",
                    "proof.js",
                    "api.js",
                    "parts.js",
                    "accounts.js",
                    "account.js",
                    "holdings.js",
                    "client.js",
                    "programs.js",
                    "roles.js"
                }) {
            files.put(name, Pages.resource(FOLDER + name));
        }
        return files;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = request.getPathInfo();
        if (AdministrationClient.administrators(rights).isEmpty()) {
            nothing(response);
        } else if (path == null) {
            page(response);
        } else {
            file(path, response);
        }
    }

    private void page(HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", policy());
        response.setHeader("Cross-Origin-Opener-Policy", "noopener-allow-popups");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        Json.send(
                response,
                "text/html;charset=utf-8",
                page.with(
                        Map.of(
                                "system",
                                rights.system(),
                                "version",
                                VERSION,
                                "nonce",
                                nonces.fresh(),
                                "clock",
                                String.valueOf(clock.millis()))));
    }

    /// Nothing but the page's own scripts runs, not even others of this origin, and no text becomes markup (Trusted Types).
    private String policy() {
        return "default-src 'none'; script-src "
                + door
                + Paths.ADMINISTRATION
                + "/; style-src "
                + door
                + Paths.ADMINISTRATION
                + "/ "
                + door
                + Paths.ASSETS
                + "; img-src "
                + door
                + Paths.ASSETS
                + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private static void file(String path, HttpServletResponse response) throws IOException {
        String beginning = "/" + VERSION + "/";
        String file =
                path.startsWith(beginning) ? FILES.get(path.substring(beginning.length())) : null;
        if (file == null) {
            nothing(response);
            return;
        }
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        Json.send(
                response,
                path.endsWith(".css") ? "text/css;charset=utf-8" : "text/javascript;charset=utf-8",
                file);
    }

    private static void nothing(HttpServletResponse response) throws IOException {
        Problems.send(response, Reason.NOT_DECLARED, Asked.current().request());
    }
}
