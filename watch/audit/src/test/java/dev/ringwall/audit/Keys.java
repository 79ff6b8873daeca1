package dev.ringwall.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/// The key of RFC 8032 §7.1, test 1: the same in every process, and nobody's.
final class Keys {

    private Keys() {}

    static NoteSigner signer() {
        try {
            KeyFactory keys = KeyFactory.getInstance("Ed25519");
            return NoteSigner.of(
                    "shop.ringwall/audit",
                    keys.generatePublic(
                            new X509EncodedKeySpec(
                                    HexFormat.of()
                                            .parseHex(
                                                    "302a300506032b6570032100"
                                                            + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))),
                    keys.generatePrivate(
                            new PKCS8EncodedKeySpec(
                                    HexFormat.of()
                                            .parseHex(
                                                    "302e020100300506032b657004220420"
                                                            + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
