package dev.ringwall.checks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every package of main code opens with what it is for, where to start reading (if it holds anything), and the null markers on.
final class PackageOpening implements FileRule {

    @Override
    public List<String> breaches(List<TextFile> files) {
        Map<String, String> breaches = new TreeMap<>();
        for (TextFile file : files) {
            if (file.isMainJava() && !isOpening(file)) {
                breaches.put(file.folder(), "has no package-info.java");
            }
        }
        for (TextFile file : files) {
            if (file.isMainJava() && isOpening(file)) {
                boolean empty = !breaches.containsKey(file.folder());
                breaches.put(file.folder(), breach(file.text(), empty));
            }
        }
        return breaches.entrySet().stream()
                .filter(breach -> !breach.getValue().isEmpty())
                .map(breach -> breach.getKey() + ": " + breach.getValue())
                .toList();
    }

    private static boolean isOpening(TextFile file) {
        return file.name().equals("package-info.java");
    }

    private static String breach(String text, boolean empty) {
        if (!text.startsWith("///")) {
            return "package-info.java does not begin with what the package is for (`///`)";
        }
        if (!empty && !text.contains("*Start here:*")) {
            return "package-info.java does not say where to start reading (`*Start here:*`)";
        }
        return text.contains("\n@NullMarked") ? "" : "package-info.java lacks @NullMarked";
    }
}
