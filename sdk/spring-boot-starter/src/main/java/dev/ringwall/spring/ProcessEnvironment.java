package dev.ringwall.spring;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/// The environment variables that the process was started with: what the sidecar said, and no file of the application.
final class ProcessEnvironment {

    private ProcessEnvironment() {}

    static Map<String, String> of(ConfigurableEnvironment environment) {
        Map<String, String> variables = new TreeMap<>();
        if (environment
                        .getPropertySources()
                        .get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                instanceof EnumerablePropertySource<?> source) {
            for (String name : source.getPropertyNames()) {
                Object value = source.getProperty(name);
                if (value != null) {
                    variables.put(name, value.toString());
                }
            }
        }
        return variables;
    }
}
