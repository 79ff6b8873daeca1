package dev.ringwall.identity;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/// Fills in the forms that letters have to do with.
final class MailForms {

    static final String NEXT = "green kettle on a cold shelf";

    private MailForms() {}

    /// The shop, whose people are written to.
    static String declaration(String who) {
        return House.SHOP.replace("session: 30m }", "session: 30m, mfa: always }")
                + "mail: { server: smtp.example.com, from: shop@example.com }\n"
                + "registration: { who: "
                + who
                + " }\n";
    }

    static HttpResponse<String> signIn(Browser who, String name, String password) {
        HttpResponse<String> page = who.get(Paths.LOGIN);
        return who.post(
                Paths.LOGIN,
                Map.of("form", Browser.form(page), "username", name, "password", password));
    }

    static HttpResponse<String> ask(Browser who, MailTask task, String typed) {
        HttpResponse<String> page = who.get(task.path());
        return who.post(task.path(), Map.of("form", Browser.form(page), "who", typed));
    }

    static HttpResponse<String> type(Browser who, MailTask task, String... fields) {
        String path = task.path() + (task.asksFirst() ? "?step=code" : "");
        Map<String, String> form = new LinkedHashMap<>();
        form.put("form", Browser.form(who.get(path)));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return who.post(path, form);
    }

    /// Gives the account an address, in that browser.
    static void address(House house, Browser who, String name, String address) {
        signIn(who, name, House.PASSWORD);
        ask(who, MailTask.ADDRESS, address);
        type(
                who,
                MailTask.ADDRESS,
                "code",
                Letters.code(house.letters.to(address, "Your address")));
    }
}
