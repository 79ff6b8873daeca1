package dev.ringwall.command;

import dev.ringwall.link.Certifying;
import dev.ringwall.link.Operating;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Another key for the account with the authority that certifies the public name (RFC 8555 §7.3.5).
@Command(
        name = "acme-account",
        description =
                "Change the key of the account with the authority that certifies the public name. The key before is kept until the authority has"
                        + " confirmed the next.",
        footer = {"", "Example:", "  ringwall rotate acme-account"})
final class RotateAcmeAccountCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Mixin private OutputOption output = new OutputOption();

    RotateAcmeAccountCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Certifying.Account now =
                system.connect()
                        .post(
                                Certifying.ACCOUNT,
                                new Operating.Named("acme-account"),
                                Certifying.Account.class);
        output.print(
                screen,
                now,
                () ->
                        List.of(
                                now.changed()
                                        ? "rotated  the key of the account with " + now.authority()
                                        : "not yet  "
                                                + now.authority()
                                                + " is asked again until it has confirmed the next key"
                                                + (now.lacking() == null
                                                        ? ""
                                                        : ": it " + now.lacking())));
        return Exit.FINE;
    }
}
