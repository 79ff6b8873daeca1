package dev.ringwall.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is told the suite, and whoever signs in before it.
///
/// @param plan        what the suite calls the plan
/// @param variant     what is chosen in the suite besides
/// @param certificate the root of the door's certificate, in PEM
/// @param config      what is pasted into the suite
record ConformanceSetting(
        String plan,
        Map<String, String> variant,
        String issuer,
        String certificate,
        String user,
        String password,
        Map<String, Object> config) {

    static ConformanceSetting of(
            ConformancePlan plan,
            URI door,
            Path root,
            String user,
            String password,
            Map<String, Map<String, Object>> clients) {
        String issuer = door + "/auth";
        List<Map<String, Object>> both = List.copyOf(clients.values());
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("alias", ConformanceProvider.ALIAS);
        config.put("description", "Ringwall, " + plan.word());
        config.put("server", Map.of("discoveryUrl", issuer + "/.well-known/openid-configuration"));
        config.put("client", both.get(0));
        config.put("client2", both.get(1));
        if (plan.signs()) {
            config.put("resource", Map.of("resourceUrl", issuer + "/userinfo"));
        } else {
            config.put("client_secret_post", both.get(1));
        }
        return new ConformanceSetting(
                plan.suiteName(), plan.variant(), issuer, root.toString(), user, password, config);
    }

    /// The same for people; the configuration stands in one line of its own.
    List<String> lines(String written) {
        List<String> lines = new ArrayList<>();
        lines.add("plan         " + plan);
        variant.forEach((name, value) -> lines.add("variant      " + name + "=" + value));
        lines.add("issuer       " + issuer);
        lines.add("certificate  " + certificate + "   the root of the door's");
        lines.add("user         " + user);
        lines.add("password     " + password);
        lines.add("paste this into the suite:");
        lines.add(written);
        return lines;
    }

    @Override
    public String toString() {
        return "ConformanceSetting[" + plan + "]";
    }
}
