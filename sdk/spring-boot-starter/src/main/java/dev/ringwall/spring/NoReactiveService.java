package dev.ringwall.spring;

import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// A reactive service would run without a gate, so it does not run.
final class NoReactiveService
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context instanceof ReactiveWebApplicationContext) {
            throw new CannotGuard(
                    "This is a WebFlux application, which ringwall-spring-boot-starter cannot guard",
                    "Use spring-boot-starter-webmvc, or read the headers as docs/reference/gateway.md says.");
        }
    }
}
