package dev.ringwall.spring.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.resttestclient.autoconfigure.RestTestClientBuilderCustomizer;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.ConfigurableMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcConfigurer;
import org.springframework.web.context.WebApplicationContext;

/// Gives Spring Boot's test clients the [TestSidecar].
@AutoConfiguration
@ConditionalOnProperty("ringwall.entry")
public final class TestSidecarAutoConfiguration {

    TestSidecarAutoConfiguration() {}

    @Bean
    TestSidecar ringwallTestSidecar(Environment environment) {
        return new TestSidecar(environment.getRequiredProperty("ringwall.entry"));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MockMvcBuilderCustomizer.class)
    static class Mock {

        @Bean
        MockMvcBuilderCustomizer ringwallMockMvc(TestSidecar sidecar) {
            return builder -> builder.apply(each(sidecar));
        }

        private static MockMvcConfigurer each(RequestPostProcessor sidecar) {
            return new MockMvcConfigurer() {
                @Override
                public RequestPostProcessor beforeMockMvcCreated(
                        ConfigurableMockMvcBuilder<?> builder, WebApplicationContext context) {
                    return sidecar;
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestTestClientBuilderCustomizer.class)
    static class Port {

        @Bean
        RestTestClientBuilderCustomizer ringwallRestTestClient(TestSidecar sidecar) {
            return builder -> builder.requestInterceptor(sidecar);
        }
    }
}
