package dev.ringwall.spring.test;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/// Says with a test's requests what a sidecar says, for the caller of the running test's [As]. A bean of every test context.
///
/// `MockMvc` and `RestTestClient` of Spring Boot have it; to another client it is given as interceptor. Without [As] it says nothing, and a
/// request that says something of this itself is left as it is.
public final class TestSidecar implements ClientHttpRequestInterceptor, RequestPostProcessor {

    private static final String ENTRY = "Ringwall-Entry";
    private static final String REQUEST = "00000000000000000000000000";
    private static final ThreadLocal<@Nullable As> CALLER = new ThreadLocal<>();

    private final String entry;

    TestSidecar(String entry) {
        this.entry = entry;
    }

    static void speakFor(As said) {
        CALLER.set(said);
    }

    static void forNobody() {
        CALLER.remove();
    }

    @Override
    public ClientHttpResponse intercept(
            HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        HttpHeaders headers = request.getHeaders();
        said().forEach((name, value) -> {
            if (!headers.containsHeader(name)) {
                headers.set(name, value);
            }
        });
        return execution.execute(request, body);
    }

    @Override
    public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
        said().forEach((name, value) -> {
            if (request.getHeader(name) == null) {
                request.addHeader(name, value);
            }
        });
        return request;
    }

    private Map<String, String> said() {
        As caller = CALLER.get();
        Map<String, String> headers = new LinkedHashMap<>();
        if (caller != null) {
            headers.put(ENTRY, entry);
            headers.put("Ringwall-Caller", caller.id());
            headers.put("Ringwall-Roles", String.join(",", sorted(caller.value())));
            headers.put("Ringwall-Operation", caller.operation());
            headers.put("Ringwall-Request", REQUEST);
            headers.put("Txn-Token", caller.transaction());
        }
        return headers;
    }

    private static String[] sorted(String[] roles) {
        return Arrays.stream(roles).sorted().toArray(String[]::new);
    }
}
