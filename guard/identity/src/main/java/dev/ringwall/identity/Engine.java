package dev.ringwall.identity;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2PushedAuthorizationRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.X509ClientCertificateAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretPostAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2RefreshTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.PublicClientAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Puts Spring Security's authorization server together from the parts of this room. It answers at `authorize`, `par`, `token`,
/// `introspect` and `revoke`; everything else passes through to the servlets behind it.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class Engine {

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http,
            SessionCookie cookie,
            PublicClients publicClients,
            CertificateClients certificates,
            Assertions assertions,
            Answers answers,
            PushEndpoint pushing,
            DeviceGrant devices,
            TokenExchange exchange,
            Introspected introspected,
            RequestRules requests) {
        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        server.clientAuthentication(clients ->
                clients.authenticationConverters(all -> proofs(all, certificates, publicClients))
                        .authenticationProviders(all -> {
                            all.forEach(one -> assertedBy(one, assertions));
                            all.removeIf(
                                    X509ClientCertificateAuthenticationProvider.class::isInstance);
                            all.addFirst(publicClients);
                            all.addFirst(certificates);
                        })
                        .errorResponseHandler(answers::clientRefused));
        server.authorizationEndpoint(endpoint ->
                endpoint.authenticationProviders(all -> all.forEach(one -> strict(one, requests)))
                        .authorizationResponseHandler(answers::code)
                        .errorResponseHandler(answers::noCode));
        server.pushedAuthorizationRequestEndpoint(endpoint ->
                endpoint.pushedAuthorizationRequestConverters(
                                all -> all.addLast(PushEndpoint.nothing()))
                        .authenticationProviders(
                                all -> all.replaceAll(one -> checking(one, requests)))
                        .pushedAuthorizationResponseHandler(pushing::accepted)
                        .errorResponseHandler(answers::clientRefused));
        server.tokenEndpoint(endpoint ->
                endpoint.accessTokenRequestConverters(
                                all -> {
                                    all.clear();
                                    all.addAll(
                                            List.of(
                                                    new OAuth2AuthorizationCodeAuthenticationConverter(),
                                                    new OAuth2RefreshTokenAuthenticationConverter(),
                                                    devices,
                                                    exchange,
                                                    new ClientCredentialsConverter()));
                                })
                        .authenticationProviders(all -> all.addAll(List.of(devices, exchange)))
                        .errorResponseHandler(answers::tokenRefused));
        server.tokenIntrospectionEndpoint(
                endpoint -> endpoint.introspectionResponseHandler(introspected::answer));
        http.securityMatcher(request -> !Paths.DOCUMENTS.contains(request.getRequestURI()));
        http.with(server, Customizer.withDefaults())
                .authorizeHttpRequests(rules ->
                        rules.dispatcherTypeMatchers(DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(
                                        request -> request.getRequestURI().equals(Paths.AUTHORIZE))
                                .authenticated()
                                .anyRequest()
                                .permitAll())
                .exceptionHandling(errors -> errors.authenticationEntryPoint(answers::signInFirst))
                .securityContext(context -> context.securityContextRepository(cookie))
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(_ -> false))
                .logout(AbstractHttpConfigurer::disable);
        return http.build();
    }

    /// How a client may prove who it is. The engine's own way by a certificate is none: the one that it sees is the gateway's.
    private static void proofs(
            List<AuthenticationConverter> all,
            CertificateClients certificates,
            PublicClients publicClients) {
        all.clear();
        all.addAll(
                List.of(
                        new AssertionConverter(),
                        new ClientSecretBasicAuthenticationConverter(),
                        new ClientSecretPostAuthenticationConverter(),
                        certificates,
                        publicClients,
                        new PublicClientAuthenticationConverter()));
    }

    private static void assertedBy(AuthenticationProvider provider, Assertions assertions) {
        if (provider instanceof JwtClientAssertionAuthenticationProvider signed) {
            signed.setJwtDecoderFactory(assertions);
        }
    }

    private static void strict(AuthenticationProvider provider, RequestRules requests) {
        if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider codes) {
            codes.setAuthenticationValidator(requests);
        }
    }

    /// The engine's own provider for pushed requests, but one that keeps nothing.
    private static AuthenticationProvider checking(
            AuthenticationProvider provider, RequestRules requests) {
        if (!(provider instanceof OAuth2PushedAuthorizationRequestAuthenticationProvider)) {
            return provider;
        }
        var checking =
                new OAuth2PushedAuthorizationRequestAuthenticationProvider(
                        new PushEndpoint.KeptElsewhere());
        checking.setAuthenticationValidator(requests);
        return checking;
    }
}
