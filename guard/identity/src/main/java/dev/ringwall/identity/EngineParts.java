package dev.ringwall.identity;

import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.web.context.support.GenericWebApplicationContext;

/// The parts of this room that the engine is put together from.
record EngineParts(
        Clients clients,
        Families families,
        TokenMint mint,
        Subjects subjects,
        SessionCookie cookie,
        CertificateClients certificates,
        Answers answers,
        PushEndpoint pushing,
        Assertions assertions,
        DeviceGrant devices,
        TokenExchange exchange) {

    /// Puts it together.
    GenericWebApplicationContext assembled(IdentitySettings settings) {
        GenericWebApplicationContext context = new GenericWebApplicationContext();
        new AnnotatedBeanDefinitionReader(context).register(Engine.class);
        context.registerBean(RegisteredClientRepository.class, () -> clients);
        context.registerBean(OAuth2AuthorizationService.class, () -> families);
        context.registerBean(OAuth2TokenGenerator.class, () -> mint);
        context.registerBean(PasswordEncoder.class, MachineSecrets::new);
        context.registerBean(SessionCookie.class, () -> cookie);
        context.registerBean(PublicClients.class, () -> new PublicClients(clients));
        context.registerBean(CertificateClients.class, () -> certificates);
        context.registerBean(Answers.class, () -> answers);
        context.registerBean(PushEndpoint.class, () -> pushing);
        context.registerBean(Assertions.class, () -> assertions);
        context.registerBean(DeviceGrant.class, () -> devices);
        context.registerBean(TokenExchange.class, () -> exchange);
        context.registerBean(Introspected.class, () -> new Introspected(mint));
        context.registerBean(
                RequestRules.class,
                () ->
                        new RequestRules(
                                settings.issuer(),
                                settings.audience(),
                                settings.signer()::published,
                                subjects));
        context.registerBean(
                AuthorizationServerSettings.class,
                () ->
                        AuthorizationServerSettings.builder()
                                .issuer(settings.issuer())
                                .authorizationEndpoint(Paths.AUTHORIZE)
                                .pushedAuthorizationRequestEndpoint(Paths.PAR)
                                .tokenEndpoint(Paths.TOKEN)
                                .jwkSetEndpoint(Paths.JWKS)
                                .tokenIntrospectionEndpoint(Paths.INTROSPECT)
                                .tokenRevocationEndpoint(Paths.REVOKE)
                                .build());
        context.refresh();
        return context;
    }
}
