package dev.ringwall.identity;

import java.util.List;

/// What a page with a code out of a letter is for, and what it says.
enum MailTask {
    FORGOTTEN(
            Paths.FORGOTTEN,
            true,
            "Set a new password",
            "Type your name, or the address of e-mail that your account has. If there is one, a letter with a code comes there.",
            "Name or e-mail",
            "If there is such an account with an address, a letter with a code is on its way. Type the code and a new password.",
            "code password"),
    REGISTER(
            Paths.REGISTER,
            true,
            "Make an account",
            "Type your address of e-mail. A letter with a code comes there.",
            "E-mail",
            "A letter is on its way. Type the code in it, and how you would be called.",
            "code name password"),
    INVITED(
            Paths.INVITED,
            false,
            "Make the account that you are invited to",
            "",
            "E-mail",
            "Type the address that the invitation came to, and the code in it.",
            "who code name password"),
    ADDRESS(
            Paths.ACCOUNT_MAIL,
            true,
            "Your address of e-mail",
            "Type the address. A letter with a code comes there.",
            "E-mail",
            "A letter is on its way. Type the code in it.",
            "code");

    private final String path;
    private final boolean asksFirst;
    private final String heading;
    private final String asking;
    private final String label;
    private final String coding;
    private final String fields;

    MailTask(
            String path,
            boolean asksFirst,
            String heading,
            String asking,
            String label,
            String coding,
            String fields) {
        this.path = path;
        this.asksFirst = asksFirst;
        this.heading = heading;
        this.asking = asking;
        this.label = label;
        this.coding = coding;
        this.fields = fields;
    }

    String path() {
        return path;
    }

    boolean asksFirst() {
        return asksFirst;
    }

    String heading() {
        return heading;
    }

    String asking() {
        return asking;
    }

    String label() {
        return label;
    }

    String coding() {
        return coding;
    }

    /// What is typed with the code, by the names of the parts of the page.
    List<String> fields() {
        return List.of(fields.split(" ", -1));
    }
}
