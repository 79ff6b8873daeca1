package dev.ringwall.link;

import java.time.Instant;

/// What is said between the command line and the control plane about invitations to register clients (RFC 7591 §3).
public final class Inviting {

    /// `POST` [NewInvitation] → [Invited].
    public static final String CLIENTS = Operating.CLIENTS + "/invite";

    private Inviting() {}

    /// An invitation to register so many clients, for so many hours.
    public record NewInvitation(int uses, int hours) {}

    /// The invitation; its token is shown this once.
    ///
    /// @param address where programs register
    public record Invited(String id, String token, String address, Instant expires) {
        @Override
        public String toString() {
            return "Invited[id=" + id + "]";
        }
    }
}
