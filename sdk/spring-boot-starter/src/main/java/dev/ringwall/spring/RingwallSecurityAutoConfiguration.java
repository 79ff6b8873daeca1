package dev.ringwall.spring;

import dev.ringwall.spring.Verdict.Refused;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/// Shows Spring Security who calls, where it is on the class path. `@PreAuthorize` counts: it is switched on here, and nobody has to remember.
@AutoConfiguration(
        after = RingwallAutoConfiguration.class,
        before = ServletWebSecurityAutoConfiguration.class,
        beforeName =
                "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration")
@ConditionalOnClass({
    SecurityFilterChain.class,
    HttpSecurity.class,
    ServletWebSecurityAutoConfiguration.class
})
@ConditionalOnBean(WaysOut.class)
@EnableMethodSecurity
public class RingwallSecurityAutoConfiguration {

    RingwallSecurityAutoConfiguration() {}

    @Bean
    Seat ringwallSecuritySeat() {
        return new SecuritySeat();
    }

    /// There is nothing to log in to here: no form, no session, and so no forged request that a browser's cookie would carry.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(SecurityFilterChain.class)
    static class Chain {

        @Bean
        SecurityFilterChain ringwallChain(HttpSecurity http) {
            return http.csrf(csrf -> csrf.disable())
                    .logout(logout -> logout.disable())
                    .requestCache(cache -> cache.disable())
                    .sessionManagement(session ->
                            session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .exceptionHandling(handling ->
                            handling.authenticationEntryPoint((request, response, failure) ->
                                            Problem.answer(response, NOT_PROVED))
                                    .accessDeniedHandler((request, response, failure) ->
                                            Problem.answer(response, NOT_ALLOWED)))
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    /// Or Spring Boot would make a user with a password that it writes into the log.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean({
        AuthenticationManager.class,
        AuthenticationProvider.class,
        UserDetailsService.class
    })
    static class NoPasswords {

        @Bean
        AuthenticationManager ringwallNoPasswords() {
            return attempt -> {
                throw new ProviderNotFoundException("nobody signs in at a service of Ringwall");
            };
        }
    }

    private static final Refused NOT_PROVED =
            new Refused(
                    Refused.UNAUTHORIZED,
                    "unproved-caller",
                    "The service wants to know who calls.");
    private static final Refused NOT_ALLOWED =
            new Refused(
                    Refused.FORBIDDEN,
                    "not-allowed",
                    "The service does not let this caller do it.");
}
