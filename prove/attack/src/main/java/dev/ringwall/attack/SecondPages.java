package dev.ringwall.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The pages behind the password, as a browser goes through them: one asks for a code, another has an app added and shows its key, and a third
/// shows recovery codes.
final class SecondPages {

    /// The field that a code is typed into.
    static final String FIELD = "code";

    /// How often another code is tried where somebody else used one in between.
    private static final int TRIES_MAX = 3;

    private static final Pattern KEY = Pattern.compile("<code>([A-Z2-7 ]{16,})</code>");
    private static final Pattern CODES = Pattern.compile("(?s)<pre\\b[^>]*>(.*?)</pre>");
    private static final Pattern ONWARD = Pattern.compile("<a class=\"button\" href=\"([^\"]*)\"");

    private SecondPages() {}

    /// The form for a code; empty where the page asks for none.
    static Optional<Form> form(Browser.Page page) {
        return Form.with(page.reply().body(), FIELD);
    }

    /// The key of an app that the page wants added.
    static Optional<String> key(Browser.Page page) {
        Matcher key = KEY.matcher(page.reply().body());
        return key.find() ? Optional.of(key.group(1)) : Optional.empty();
    }

    /// Goes on from the page until no code is asked for any more, or until codes do not help.
    static Browser.Page pass(Browser browser, Browser.Page page, SecondFactor factor, String end)
            throws IOException {
        Browser.Page current = page;
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Optional<Form> form = form(current);
            if (form.isEmpty()) {
                break;
            }
            Optional<String> key = key(current);
            if (key.isPresent()) {
                factor.add(key.get());
            }
            current = submit(browser, current, form.get(), factor.code(), end);
        }
        List<String> codes = codes(current);
        if (codes.isEmpty()) {
            return current;
        }
        factor.keep(codes);
        Matcher onward = ONWARD.matcher(current.reply().body());
        return onward.find()
                ? browser.follow(browser.open(Form.unescaped(onward.group(1))), end)
                : current;
    }

    static Browser.Page submit(
            Browser browser, Browser.Page page, Form form, String code, String end)
            throws IOException {
        return browser.follow(browser.submit(page, form, Map.of(FIELD, code)), end);
    }

    private static List<String> codes(Browser.Page page) {
        Matcher list = CODES.matcher(page.reply().body());
        List<String> codes = new ArrayList<>();
        if (list.find()) {
            list.group(1)
                    .lines()
                    .map(String::strip)
                    .filter(code -> !code.isEmpty())
                    .forEach(codes::add);
        }
        return codes;
    }
}
