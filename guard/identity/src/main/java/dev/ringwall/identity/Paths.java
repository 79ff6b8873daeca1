package dev.ringwall.identity;

import java.util.Set;

/// Where everything is. What the world calls `/auth` belongs to the provider, and two addresses that standards fix.
final class Paths {

    static final String ROOT = "/auth";
    static final String WELL_KNOWN = "/.well-known/*";
    static final String AUTHORIZE = ROOT + "/authorize";
    static final String TOKEN = ROOT + "/token";
    static final String JWKS = ROOT + "/jwks";
    static final String INTROSPECT = ROOT + "/introspect";
    static final String REVOKE = ROOT + "/revoke";
    static final String PAR = ROOT + "/par";
    static final String USERINFO = ROOT + "/userinfo";
    static final String LOGIN = ROOT + "/login";
    static final String SECOND = ROOT + "/login/second";

    /// Where people sign in although they are: for what a recent login is needed for.
    static final String LOGIN_AGAIN = LOGIN + "?again=yes";

    static final String ACCOUNT = ROOT + "/account";
    static final String ACCOUNT_MAIL = ACCOUNT + "/mail";
    static final String FORGOTTEN = ROOT + "/forgotten";
    static final String REGISTER = ROOT + "/register";
    static final String INVITED = ROOT + "/invited";

    /// Outside providers: behind it the name, and behind that where people come back to and where the provider says that a login is over.
    static final String SSO = ROOT + "/sso";

    static final String CALLBACK = "/callback";
    static final String OVER = "/logout";
    static final String ACCOUNT_SSO = ACCOUNT + "/sso";
    static final String ACCOUNT_APP = ACCOUNT + "/app";
    static final String ACCOUNT_PASSKEY = ACCOUNT + "/passkey";

    /// The page for administrators, and its files behind it.
    static final String ADMINISTRATION = ROOT + "/administration";

    /// Where devices ask for their codes (RFC 8628 §3.1), and where people answer.
    static final String DEVICE_CODES = ROOT + "/device/codes";

    static final String DEVICE = ROOT + "/device";

    /// Where people are asked whether a client may act for them.
    static final String CONSENT = ROOT + "/consent";

    /// Where programs register themselves as clients (RFC 7591 §3), and behind it, with its id, each one is looked at, changed and ended (RFC 7592 §2).
    static final String CLIENTS = ROOT + "/clients";

    static final String LOGOUT = ROOT + "/logout";
    static final String ASSETS = ROOT + "/assets/";

    /// OpenID Connect Discovery 1.0 §4: behind the issuer.
    static final String OPENID_CONFIGURATION = ROOT + "/.well-known/openid-configuration";

    /// The same where RFC 8414 §5 looks for it.
    static final String OPENID_CONFIGURATION_BETWEEN = "/.well-known/openid-configuration/auth";

    /// RFC 8414 §3.1: between the host and the issuer's path, and behind the issuer for those who look there.
    static final String SERVER_METADATA = "/.well-known/oauth-authorization-server/auth";

    static final String SERVER_METADATA_BEHIND = ROOT + "/.well-known/oauth-authorization-server";

    /// Where programs ask, and no browser comes.
    static final Set<String> BETWEEN_PROGRAMS =
            Set.of(TOKEN, INTROSPECT, REVOKE, PAR, DEVICE_CODES);

    /// What the provider says about itself, to everybody.
    static final Set<String> DOCUMENTS =
            Set.of(
                    JWKS,
                    OPENID_CONFIGURATION,
                    OPENID_CONFIGURATION_BETWEEN,
                    SERVER_METADATA,
                    SERVER_METADATA_BEHIND);

    private Paths() {}
}
