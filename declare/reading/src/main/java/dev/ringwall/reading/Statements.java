package dev.ringwall.reading;

import dev.ringwall.model.AcceptedRisk;
import dev.ringwall.model.Declaration.Audit;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what a declaration says about the system as a whole.
final class Statements {

    static final List<String> AUDIT_KEYS = List.of("keep", "record");
    static final List<String> RISK_KEYS = List.of("risk", "because", "by", "until");
    static final List<String> RECOVERY_KEYS =
            List.of("backup", "lose-at-most", "back-within", "drill");
    static final List<String> ALERT_KEYS = List.of("page");

    /// Host names (RFC 1123 §2.1), at least two labels or `localhost`.
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "localhost|([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final int DOMAIN_CHARS_MAX = 253;

    private static final Pattern STANDARD = Pattern.compile("[a-z][a-z0-9.-]{0,62}");

    private static final Pattern RISK =
            Pattern.compile("[a-z][a-z0-9-]{0,62}(\\.[a-z][a-z0-9-]{0,62})?/[a-z][a-z0-9-]{0,62}");

    private final Problems problems;
    private final Unenforced unenforced;

    Statements(Problems problems, Unenforced unenforced) {
        this.problems = problems;
        this.unenforced = unenforced;
    }

    String system(Section top) {
        return top.requiredText("system", "shop")
                .filter(text -> Named.isName(text, problems))
                .map(Yaml.Text::value)
                .orElse("unnamed");
    }

    Optional<String> domain(Section top) {
        return top.text("domain")
                .map(text -> {
                    isHost(text, problems);
                    return text.value();
                });
    }

    /// Whether it is a host name; what is none is reported.
    static boolean isHost(Yaml.Text text, Problems problems) {
        boolean host =
                DOMAIN.matcher(text.value()).matches() && text.value().length() <= DOMAIN_CHARS_MAX;
        if (!host) {
            problems.unexpected(
                    "bad-domain",
                    text,
                    "a host name in small letters, without scheme and port",
                    "write it like `shop.example.com`");
        }
        return host;
    }

    List<String> standards(Section top) {
        List<String> standards = new ArrayList<>();
        for (Yaml.Text text : top.texts("standards")) {
            if (STANDARD.matcher(text.value()).matches()) {
                standards.add(text.value());
            } else {
                problems.unexpected(
                        "bad-name",
                        text,
                        "a standard in small letters, such as gdpr or pci-dss-4.0.1",
                        "write it without blanks");
            }
        }
        return standards;
    }

    Audit audit(Section top) {
        return top.value("audit")
                .flatMap(value -> Section.of(value, "`audit`", AUDIT_KEYS, problems))
                .map(section ->
                        new Audit(
                                section.text("record").map(this::everything).orElse(false),
                                section.text("keep")
                                        .flatMap(text ->
                                                Durations.read(
                                                        text, Durations.Range.KEEP, problems))
                                        .map(Statements::daysAtLeast)
                                        .orElse(0)))
                .orElseGet(() -> new Audit(false, 0));
    }

    private boolean everything(Yaml.Text text) {
        if (!text.value().equals("everything")) {
            problems.unexpected(
                    "unknown-word",
                    text,
                    "everything",
                    "leave `record` out: refusals, acts, and use of data above public are always recorded");
        }
        return true;
    }

    /// At least so long, so a broken day counts as a whole one.
    private static int daysAtLeast(Duration time) {
        long days = time.toDays();
        return Math.toIntExact(time.equals(Duration.ofDays(days)) ? days : days + 1);
    }

    /// Words with the right form that nothing stands behind yet.
    void notEnforced(Section top) {
        top.value("recovery")
                .flatMap(value -> Section.of(value, "`recovery`", RECOVERY_KEYS, problems))
                .ifPresent(section -> {
                    RECOVERY_KEYS.forEach(section::text);
                    unenforced.add(top.lineOf("recovery"), "recovery");
                });
        top.value("alerts")
                .flatMap(value -> Section.of(value, "`alerts`", ALERT_KEYS, problems))
                .ifPresent(section -> {
                    ALERT_KEYS.forEach(section::texts);
                    unenforced.add(top.lineOf("alerts"), "alerts");
                });
    }

    List<AcceptedRisk> acceptedRisks(Section top) {
        List<AcceptedRisk> risks = new ArrayList<>();
        for (Yaml item : top.items("accepted-risks")) {
            Section.of(item, "an accepted risk", RISK_KEYS, problems)
                    .flatMap(this::acceptedRisk)
                    .ifPresent(risks::add);
        }
        return risks;
    }

    private Optional<AcceptedRisk> acceptedRisk(Section section) {
        Optional<Yaml.Text> risk = section.requiredText("risk", "orders.place/flooding");
        Optional<Yaml.Text> because = section.requiredText("because", "…");
        Optional<Yaml.Text> by = section.requiredText("by", "ana@example.com");
        Optional<LocalDate> until =
                section.requiredText("until", "2027-06-30")
                        .flatMap(text -> Dates.read(text, problems));
        if (risk.isPresent() && !RISK.matcher(risk.get().value()).matches()) {
            problems.unexpected(
                    "bad-name",
                    risk.get(),
                    "an operation or a service, a slash and the risk",
                    "write it like `catalog.list/flooding`");
        }
        if (risk.isEmpty() || because.isEmpty() || by.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new AcceptedRisk(
                        risk.get().value(),
                        because.get().value(),
                        by.get().value(),
                        until.get(),
                        section.line()));
    }
}
