package dev.ringwall.attack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes a report for programs, members always in the same order.
final class JsonReport {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonReport() {}

    static String render(Report report) {
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("system", report.system());
        top.put("at", report.at().toString());
        top.put("tookMillis", report.took().toMillis());
        top.put("proved", report.proved());
        List<Object> results = new ArrayList<>();
        for (Result result : report.results()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", result.name());
            one.put("about", result.family().title());
            one.put("hostile", result.hostile());
            one.put("verdict", result.verdict().word());
            one.put("seen", result.verdict().seen());
            if (result.verdict() instanceof Verdict.StoppedElsewhere(_, String expected)) {
                one.put("expected", expected);
            }
            if (result.verdict() instanceof Verdict.Accepted(_, String by)) {
                one.put("acceptedBy", by);
            }
            one.put("story", result.story());
            one.put("file", result.line().file());
            one.put("line", result.line().number());
            result.request().ifPresent(request -> one.put("request", request));
            one.put("tookMillis", result.took().toMillis());
            results.add(one);
        }
        top.put("results", results);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(top) + "\n";
    }
}
