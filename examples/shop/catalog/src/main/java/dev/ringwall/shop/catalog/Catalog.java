package dev.ringwall.shop.catalog;

import dev.ringwall.shop.kit.Environment;
import dev.ringwall.shop.kit.ShopJson;
import dev.ringwall.shop.kit.ShopServer;
import dev.ringwall.shop.kit.ShopServer.Answer;
import dev.ringwall.shop.kit.ShopServer.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/// The catalog: anyone may list products and load the page, clerks may edit. Who may what is not its business; it stands in the
/// declaration.
public final class Catalog {

    private static final String PRODUCTS = "/products/";

    /// The page's own policy: nothing but its own files, nothing inline, no frames.
    private static final Map<String, String> PAGE_HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                    "Cache-Control",
                    "no-cache",
                    "Referrer-Policy",
                    "no-referrer",
                    "X-Content-Type-Options",
                    "nosniff");

    private static final Map<String, String> ASSETS =
            Map.of(
                    "icon.svg",
                    "image/svg+xml",
                    "shop.css",
                    "text/css; charset=utf-8",
                    "shop.js",
                    "text/javascript; charset=utf-8",
                    "sign-in.js",
                    "text/javascript; charset=utf-8");

    private final Products products;

    private Catalog(Products products) {
        this.products = products;
    }

    /// A product as it is edited.
    record Edit(String name, int price) {}

    /// Starts the service.
    public static void main(String[] arguments) throws IOException, SQLException {
        Catalog catalog =
                new Catalog(Products.open(Path.of(Environment.required("DATA_DIR"), "catalog.db")));
        ShopServer.serve(catalog::answer);
    }

    private Answer answer(Request request) throws IOException, SQLException {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (reads && request.path().equals("/")) {
            return file("index.html", "text/html; charset=utf-8");
        }
        if (reads && request.path().startsWith("/assets/")) {
            String name = request.path().substring("/assets/".length());
            String type = ASSETS.get(name);
            return type == null ? Answer.error(404, "no such file") : file(name, type);
        }
        if (reads && request.path().equals("/products")) {
            return Answer.json(200, Map.of("products", products.all()));
        }
        if (request.method().equals("PUT") && request.path().startsWith(PRODUCTS)) {
            Edit edit = ShopJson.read(request.body(), Edit.class);
            Products.Product product =
                    new Products.Product(
                            request.path().substring(PRODUCTS.length()), edit.name(), edit.price());
            products.put(product);
            return Answer.json(200, product);
        }
        return Answer.error(404, "no such thing");
    }

    private static Answer file(String name, String type) throws IOException {
        try (InputStream in = Catalog.class.getResourceAsStream(name)) {
            return in == null
                    ? Answer.error(404, "no such file")
                    : new Answer(200, type, in.readAllBytes(), PAGE_HEADERS);
        }
    }
}
