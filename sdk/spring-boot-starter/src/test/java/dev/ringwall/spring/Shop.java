package dev.ringwall.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/// A service as somebody would write it.
@SpringBootApplication
@RestController
class Shop {

    private final RestClient client;
    private final RestTemplate template;
    private final WebClient webClient;

    Shop(RestClient.Builder client, RestTemplateBuilder template, WebClient.Builder webClient) {
        this.client = client.build();
        this.template = template.build();
        this.webClient = webClient.build();
    }

    @GetMapping("/caller")
    String caller(Caller caller) {
        return caller.toString();
    }

    @GetMapping("/principal")
    String principal(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? "nobody" : principal.getName() + request.isUserInRole("shopper");
    }

    @GetMapping("/authentication")
    String authentication() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication.getName()
                + " "
                + authentication.getAuthorities().stream().map(Object::toString).sorted().toList();
    }

    @GetMapping("/clerks")
    @PreAuthorize("hasRole('clerk')")
    String clerks() {
        return "for clerks";
    }

    @PostMapping("/clerks")
    @PreAuthorize("isAuthenticated()")
    String write() {
        return "written";
    }

    @GetMapping("/orders")
    @Serves("orders.read")
    String orders() {
        return "orders";
    }

    @GetMapping("/headers")
    Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> seen = new java.util.TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            seen.put(name.toLowerCase(java.util.Locale.ROOT), request.getHeader(name));
        }
        seen.put("asked for", String.valueOf(request.getHeader("RINGWALL-entry")));
        return seen;
    }

    @GetMapping("/log")
    String log() {
        return MDC.get("requestId") + " " + MDC.get("traceId");
    }

    @GetMapping("/later")
    Callable<String> later(Caller caller) {
        return () ->
                caller
                        + " "
                        + SecurityContextHolder.getContext().getAuthentication().getName()
                        + " "
                        + MDC.get("requestId");
    }

    @GetMapping("/broken")
    String broken() {
        throw new IllegalStateException("broken");
    }

    @GetMapping("/call")
    String call(@RequestParam String by, @RequestParam String to) {
        return switch (by) {
            case "client" -> client.get().uri(to).retrieve().body(String.class);
            case "template" -> template.getForObject(to, String.class);
            case "web" -> webClient.get().uri(to).retrieve().bodyToMono(String.class).block();
            case "forwarding" ->
                    client.get()
                            .uri(to)
                            .header("Txn-Token", "copied")
                            .header("ringwall-caller", "copied")
                            .retrieve()
                            .body(String.class);
            default -> throw new IllegalArgumentException(by);
        };
    }
}
