package dev.ringwall.people;

/// Makes API keys. Their form is somebody else's matter; here they are kept.
public interface KeyMint {

    /// A fresh key.
    Minted mint();

    /// A key as it is shown once, and what is kept of it.
    ///
    /// @param sha256 the hash of the whole key, 64 hexadecimal digits
    record Minted(String id, String key, String sha256) {
        @Override
        public String toString() {
            return "Minted[" + id + "]";
        }
    }
}
