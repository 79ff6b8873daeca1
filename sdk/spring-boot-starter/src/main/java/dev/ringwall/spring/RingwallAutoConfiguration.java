package dev.ringwall.spring;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Puts the gate before a servlet application. Nothing here steps back for a bean of the application: there is no second gate.
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class RingwallAutoConfiguration {

    RingwallAutoConfiguration() {}

    @Bean
    Surroundings ringwallSurroundings(Environment environment) {
        return Surroundings.of(environment);
    }

    @Bean
    FilterRegistrationBean<RingwallFilter> ringwallFilter(
            Surroundings surroundings, ObjectProvider<SslBundles> bundles, List<Seat> seats) {
        FilterRegistrationBean<RingwallFilter> registration =
                new FilterRegistrationBean<>(
                        new RingwallFilter(gate(surroundings, bundles), seats));
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.addUrlPatterns("/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    WaysOut ringwallWaysOut(Surroundings surroundings, ConfigurableEnvironment environment) {
        return surroundings instanceof Surroundings.BehindSidecar
                ? WaysOut.of(ProcessEnvironment.of(environment))
                : WaysOut.NONE;
    }

    @Bean
    WebMvcConfigurer ringwallMvc() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }

            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new ServedOperation());
            }

            @Override
            public void configureAsyncSupport(AsyncSupportConfigurer support) {
                support.registerCallableInterceptors(new CallInCallable());
            }
        };
    }

    private static Gate gate(Surroundings surroundings, ObjectProvider<SslBundles> bundles) {
        if (surroundings instanceof Surroundings.BehindSidecar sidecar) {
            return new SidecarGate(sidecar.secret());
        }
        TokenSettings settings = ((Surroundings.WithoutGateway) surroundings).settings();
        JWKSource<SecurityContext> keys =
                IssuerKeys.from(
                        settings.keys(),
                        settings.sslBundle()
                                .map(name -> bundles.getObject().getBundle(name))
                                .map(bundle -> bundle.createSslContext().getSocketFactory())
                                .orElse(null));
        return new TokenGate(
                new AccessTokens(settings.issuer(), settings.audience(), keys),
                new OpenPaths(settings.anyone()));
    }
}
