package dev.ringwall.link;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages about many accounts at a time, and about all that is kept of one, between the command line and the control plane; as
/// [Operating] otherwise.
public final class Administering {

    /// `POST` [Operating.Named] → [Person]: what is kept about one person.
    public static final String EXPORT = Operating.ACCOUNTS + "/export";

    /// `POST` [Erasure] → [Erased].
    public static final String ERASE = Operating.ACCOUNTS + "/erase";

    /// `POST` [Batch] → [Fates].
    public static final String IMPORT = Operating.ACCOUNTS + "/import";

    /// `GET ?name=NAME` → [Links].
    public static final String LINKS = Operating.ACCOUNTS + "/links";

    /// `POST` [Unlinking] → [Operating.Ended].
    public static final String UNLINK = Operating.ACCOUNTS + "/links/remove";

    /// Accounts in one batch at most.
    public static final int BATCH_MAX = 500;

    private Administering() {}

    /// What is kept about one person.
    ///
    /// @param records by table
    public record Person(String id, String name, Map<String, List<Map<String, Object>>> records) {}

    /// Somebody to be erased.
    ///
    /// @param really false to hear only how much there is
    public record Erasure(String name, boolean really) {}

    /// What was erased, or would be.
    ///
    /// @param receipt the id of the event in the audit log; null where nothing was erased
    /// @param rows    by table
    public record Erased(String id, @Nullable String receipt, Map<String, Integer> rows) {}

    /// By which accounts at identity providers somebody comes in.
    public record Links(List<Link> links) {}

    /// One of them.
    ///
    /// @param subject who it is there
    public record Link(String provider, String issuer, String subject, Instant since) {}

    /// A link of somebody that is to go.
    public record Unlinking(String name, String provider) {}

    /// One account of another system.
    ///
    /// @param hash of the password; null for who gets one later
    public record Newcomer(
            String name, List<String> roles, @Nullable String hash, boolean disabled) {
        @Override
        public String toString() {
            return "Newcomer[name=" + name + ", roles=" + roles + "]";
        }
    }

    /// Some accounts to be added.
    ///
    /// @param dry say what would become of them, and add none
    public record Batch(List<Newcomer> accounts, boolean dry) {}

    /// What became of each, in the order of the batch.
    public record Fates(List<Fate> fates) {}

    /// What became of one account.
    ///
    /// @param outcome `added`, `there` or `unusable`
    /// @param why     of what is unusable
    public record Fate(String outcome, @Nullable String why) {}
}
