package dev.ringwall.identity;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/// What the pages load: their style sheet, their icon, and the script that asks for a passkey.
final class Assets extends HttpServlet {

    private record Asset(String type, String content) {}

    private static final Map<String, Asset> ALL =
            Map.of(
                    "/page.css",
                    new Asset("text/css;charset=utf-8", Pages.resource("page.css")),
                    "/passkey.js",
                    new Asset("text/javascript;charset=utf-8", Pages.resource("passkey.js")),
                    "/icon.svg",
                    new Asset("image/svg+xml", Pages.resource("icon.svg")));

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = request.getPathInfo();
        Asset asset = path == null ? null : ALL.get(path);
        if (asset == null) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Cache-Control", "public, max-age=3600");
        Json.send(response, asset.type(), asset.content());
    }
}
