package dev.ringwall.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A client that runs in a page: it signs people in by code and PKCE, reads the notes with the token, and has a page that is loaded when
/// somebody signs out.
final class ClientSite implements AutoCloseable {

    private static final String PAGE =
            """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>App</title>
            <main><h1>App</h1><p id="said"></p>
            <button id="in">Begin</button> <button id="out">End</button></main>
            <script>
            const door = '@DOOR@', at = location.origin;
            const text = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
              .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
            const chance = () => text(crypto.getRandomValues(new Uint8Array(32)));
            const say = words => document.getElementById('said').textContent = words;
            async function begin() {
              sessionStorage.verifier = chance();
              sessionStorage.state = chance();
              const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sessionStorage.verifier));
              location.assign(door + '/auth/authorize?' + new URLSearchParams({
                response_type: 'code', client_id: 'app', redirect_uri: at + '/back', scope: 'openid notes.list',
                state: sessionStorage.state, code_challenge: text(hash), code_challenge_method: 'S256' }));
            }
            async function back(told) {
              if (told.get('state') !== sessionStorage.state) return say('another state');
              if (told.has('error')) return say('refused: ' + told.get('error'));
              const answer = await fetch(door + '/auth/token', { method: 'POST', body: new URLSearchParams({
                grant_type: 'authorization_code', code: told.get('code'), client_id: 'app',
                redirect_uri: at + '/back', code_verifier: sessionStorage.verifier }) });
              const token = (await answer.json()).access_token;
              const notes = await fetch(door + '/notes', { headers: { Authorization: 'Bearer ' + token } });
              say('notes: ' + notes.status);
            }
            document.getElementById('in').onclick = begin;
            document.getElementById('out').onclick = () => location.assign(door + '/auth/logout?' +
              new URLSearchParams({ client_id: 'app', post_logout_redirect_uri: at + '/bye' }));
            if (location.pathname === '/back') back(new URLSearchParams(location.search));
            if (location.pathname === '/bye') say('Good-bye');
            </script></html>
            """;

    private final HttpServer server;
    private final List<String> over = new CopyOnWriteArrayList<>();
    private volatile String door = "";

    private ClientSite(HttpServer server) {
        this.server = server;
    }

    static ClientSite open() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ClientSite site = new ClientSite(server);
        server.createContext("/", site::answer);
        server.start();
        return site;
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/over")) {
            over.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
        }
        byte[] page = PAGE.replace("@DOOR@", door).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    /// From now on it sends people to that door.
    void serve(String address) {
        door = address;
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// What its page was told that is loaded when somebody signs out, each time.
    List<String> over() {
        return List.copyOf(over);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
