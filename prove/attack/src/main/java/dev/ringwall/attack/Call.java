package dev.ringwall.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One HTTP/1.1 request as it will be sent, header by header; nothing is corrected or normalised.
///
/// @param target what stands in the request line, `/orders/17`
/// @param body   empty means none
record Call(String method, String target, List<Header> headers, String body) {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /// One header line.
    record Header(String name, String value) {}

    Call {
        headers = List.copyOf(headers);
    }

    static Call of(String method, String target) {
        return new Call(method, target, List.of(), "");
    }

    static Call get(String target) {
        return of("GET", target);
    }

    static Call form(String target, String body) {
        return of("POST", target)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .withBody(body);
    }

    /// The same with one more header line.
    Call with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Call(method, target, more, body);
    }

    Call bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    Call withBody(String text) {
        return new Call(method, target, headers, text);
    }

    Call withTarget(String other) {
        return new Call(method, other, headers, body);
    }

    Call withMethod(String other) {
        return new Call(other, target, headers, body);
    }

    boolean has(String name) {
        return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
    }

    /// The bytes on the wire. `Host` and `Content-Length` are added where they are missing.
    byte[] bytes(String host) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (!has("Host")) {
            head.append("Host: ").append(host).append("\r\n");
        }
        for (Header header : headers) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        boolean framed = has("Content-Length") || has("Transfer-Encoding");
        if (!framed && (content.length > 0 || WITH_BODY.contains(method))) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        head.append("\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[first.length + content.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(content, 0, all, first.length, content.length);
        return all;
    }

    /// The request as a command that repeats it; secrets are still in it.
    String curl(String origin) {
        StringBuilder command = new StringBuilder("curl --path-as-is");
        if (!method.equals("GET")) {
            command.append(" -X ").append(method);
        }
        for (Header header : headers) {
            command.append(" -H '")
                    .append(header.name())
                    .append(": ")
                    .append(header.value().replace("'", "'\\''"))
                    .append('\'');
        }
        if (!body.isEmpty()) {
            command.append(" -d '").append(body.replace("'", "'\\''")).append('\'');
        }
        return command.append(" '")
                .append(target.startsWith("/") ? origin : "")
                .append(target)
                .append('\'')
                .toString();
    }
}
