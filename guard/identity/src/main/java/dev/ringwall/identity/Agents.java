package dev.ringwall.identity;

import java.util.List;

/// What a browser calls itself, as people would say it. It is a hint for the eye and decides nothing.
final class Agents {

    private static final int SHOWN_CHARACTERS_MAX = 60;

    /// What stands in the text and what it means; the first that is found counts, since browsers name others too.
    private static final List<List<String>> BROWSERS =
            List.of(
                    List.of("Edg", "Edge"),
                    List.of("OPR/", "Opera"),
                    List.of("Firefox/", "Firefox"),
                    List.of("Chrome/", "Chrome"),
                    List.of("Safari/", "Safari"));

    private static final List<List<String>> SYSTEMS =
            List.of(
                    List.of("iPhone", "iPhone"),
                    List.of("iPad", "iPad"),
                    List.of("Android", "Android"),
                    List.of("Windows", "Windows"),
                    List.of("Mac OS X", "macOS"),
                    List.of("CrOS", "ChromeOS"),
                    List.of("Linux", "Linux"));

    private Agents() {}

    static String said(String agent) {
        String browser = first(BROWSERS, agent);
        String system = first(SYSTEMS, agent);
        if (browser.isEmpty()) {
            return agent.isBlank()
                    ? "A program that does not say its name"
                    : agent.substring(0, Math.min(agent.length(), SHOWN_CHARACTERS_MAX));
        }
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String first(List<List<String>> known, String agent) {
        return known.stream()
                .filter(one -> agent.contains(one.getFirst()))
                .map(List::getLast)
                .findFirst()
                .orElse("");
    }
}
