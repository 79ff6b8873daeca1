package dev.ringwall.spring.test;

import dev.ringwall.spring.Caller;
import dev.ringwall.spring.Serves;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// A service that knows nothing of Spring Security.
@SpringBootApplication
@RestController
class Till {

    @GetMapping("/caller")
    String caller(Caller caller) {
        return caller.toString();
    }

    @GetMapping("/principal")
    String principal(HttpServletRequest request) {
        return request.getUserPrincipal().getName() + request.isUserInRole("shopper");
    }

    @GetMapping("/orders")
    @Serves("orders.read")
    String orders() {
        return "orders";
    }
}
