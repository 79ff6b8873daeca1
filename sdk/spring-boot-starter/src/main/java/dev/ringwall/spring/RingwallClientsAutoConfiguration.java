package dev.ringwall.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Lets the clients that Spring Boot builds say for whom they call.
@AutoConfiguration(after = RingwallAutoConfiguration.class)
@ConditionalOnBean(WaysOut.class)
public final class RingwallClientsAutoConfiguration {

    RingwallClientsAutoConfiguration() {}

    @Bean
    OwnCalls ringwallOwnCalls(WaysOut waysOut) {
        return new OwnCalls(waysOut);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClientCustomizer.class)
    static class Blocking {

        @Bean
        RestClientCustomizer ringwallRestClients(OwnCalls calls) {
            return builder -> builder.requestInterceptor(calls);
        }

        @Bean
        RestTemplateCustomizer ringwallRestTemplates(OwnCalls calls) {
            return template -> template.getInterceptors().add(calls);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClientCustomizer.class)
    static class Reactive {

        @Bean
        WebClientCustomizer ringwallWebClients(OwnCalls calls) {
            return builder -> builder.filter(new OwnReactiveCalls(calls));
        }
    }
}
