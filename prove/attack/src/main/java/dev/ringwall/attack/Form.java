package dev.ringwall.attack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTML form: where it goes and the values that it already has.
record Form(String action, Map<String, String> fields) {

    private static final Pattern FORM =
            Pattern.compile(
                    "<form\\b([^>]*)>(.*?)</form>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern INPUT =
            Pattern.compile("<input\\b([^>]*)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([\\w-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))");

    /// The first form of the page that has a field of that name.
    static Optional<Form> with(String html, String field) {
        return all(html).stream().filter(form -> form.fields().containsKey(field)).findFirst();
    }

    /// All forms of the page.
    static List<Form> all(String html) {
        List<Form> all = new ArrayList<>();
        Matcher forms = FORM.matcher(html);
        while (forms.find()) {
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher inputs = INPUT.matcher(forms.group(2));
            while (inputs.find()) {
                Map<String, String> attributes = attributes(inputs.group(1));
                String name = attributes.get("name");
                if (name != null) {
                    fields.put(name, attributes.getOrDefault("value", ""));
                }
            }
            all.add(new Form(attributes(forms.group(1)).getOrDefault("action", ""), fields));
        }
        return all;
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        while (matcher.find()) {
            String value = "";
            for (int group = 2; group <= 4; group++) {
                String found = matcher.group(group);
                value = found == null ? value : found;
            }
            attributes.put(matcher.group(1).toLowerCase(java.util.Locale.ROOT), unescaped(value));
        }
        return attributes;
    }

    static String unescaped(String text) {
        return text.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#61;", "=")
                .replace("&amp;", "&");
    }
}
