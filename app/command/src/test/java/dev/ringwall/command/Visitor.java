package dev.ringwall.command;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person with a browser of their own. What they can do is what a person can do: find things by their names, type and click.
final class Visitor implements AutoCloseable {

    /// Where pictures of the pages go; nowhere unless it is named.
    private static final @Nullable String PICTURES = System.getProperty("ringwall.pictures");

    private static final int TABS_MAX = 60;

    private final BrowserContext context;
    private final URI door;
    private final Page page;

    /// What a browser only remarks, such as that a field had the focus already, is none.
    private static final Set<String> COMPLAINTS = Set.of("error", "warning", "assert");

    private final List<String> complaints = new ArrayList<>();

    Visitor(BrowserContext context, URI door, double patienceMillis) {
        this.context = context;
        this.door = door;
        context.setDefaultTimeout(patienceMillis);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (COMPLAINTS.contains(message.type())) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /// What the browser said in its console: errors, warnings, violated policies.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    Visitor opens(String path) {
        page.navigate(door + path);
        return this;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /// From the shop to the login page, and with these words to wherever that leads.
    Visitor logsIn(String name, String password) {
        button("Log in").click();
        return signsIn(name, password);
    }

    /// On the login page.
    Visitor signsIn(String name, String password) {
        field("Name").fill(name);
        field("Password").fill(password);
        button("Sign in").click();
        return this;
    }

    Visitor logsOut() {
        button("Log out").click();
        button("Sign out").click();
        button("Log in").waitFor();
        return this;
    }

    /// Places an order for that product, and returns its number.
    String orders(String product) {
        button("Add " + product + " to the basket").click();
        field("E-mail").fill("ada@example.org");
        field("Address").fill("12 Engine Row");
        button("Place the order").click();
        return orderShown();
    }

    /// The number of the order on the page, once there is one.
    String orderShown() {
        Locator title = page.locator("#placed-title");
        title.waitFor();
        return title.innerText().replace("Order ", "");
    }

    Visitor looksFor(String order) {
        field("Order number").fill(order);
        button("Show").click();
        return this;
    }

    /// What the page says in its alert, once it says something.
    String alert() {
        Locator alert = page.getByRole(AriaRole.ALERT);
        alert.waitFor();
        return alert.innerText();
    }

    /// Goes on with the Tab key alone until that thing has the focus.
    Visitor tabsTo(Locator wanted) {
        wanted.waitFor();
        for (int i = 0; i < TABS_MAX; i++) {
            if ((boolean) wanted.evaluate("e => e === document.activeElement")) {
                return this;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the Tab key never reaches " + wanted);
    }

    Visitor types(String text) {
        page.keyboard().type(text);
        return this;
    }

    Visitor presses(String key) {
        page.keyboard().press(key);
        return this;
    }

    /// Takes a picture of the whole page, where pictures are wanted.
    Visitor pictured(String name) {
        if (PICTURES != null) {
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(Path.of(PICTURES, name + ".png")));
        }
        return this;
    }

    @Override
    public void close() {
        context.close();
    }
}
