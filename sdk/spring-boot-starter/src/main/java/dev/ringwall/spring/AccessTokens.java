package dev.ringwall.spring;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads access tokens of one issuer for one audience (RFC 9068 §4): `typ: at+jwt`, ES256, PS256 or EdDSA, and keys from where the settings say, never from
/// where a token says.
final class AccessTokens {

    static final int CHARACTERS_MAX = 8192;

    private static final int CLOCKS_DIFFER_SECONDS_MAX = 10;
    private static final JOSEObjectType AT_JWT = new JOSEObjectType("at+jwt");

    /// Nimbus reads base64url leniently; this is what may stand there at all.
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    AccessTokens(String issuer, String audience, JWKSource<SecurityContext> keys) {
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        audience,
                        new JWTClaimsSet.Builder().issuer(issuer).build(),
                        Set.of("sub", "exp", "iat", "jti", "client_id"));
        claims.setMaxClockSkew(CLOCKS_DIFFER_SECONDS_MAX);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(AT_JWT));
        processor.setJWSKeySelector(new TokenKeys(keys));
        processor.setJWSVerifierFactory(new Ed25519());
        processor.setJWTClaimsSetVerifier(claims);
    }

    /// Nothing where the token is not good, whatever it is that is wrong.
    ///
    /// @throws KeySourceException when the issuer's keys cannot be had: no word about the token
    Optional<Caller> callerOf(String token) throws KeySourceException {
        if (token.length() > CHARACTERS_MAX || !FORM.matcher(token).matches()) {
            return Optional.empty();
        }
        try {
            return caller(processor.process(SignedJWT.parse(token), null));
        } catch (KeySourceException e) {
            throw e;
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static Optional<Caller> caller(JWTClaimsSet claims) throws ParseException {
        String subject = claims.getSubject();
        List<String> roles = claims.getStringListClaim("roles");
        String scope = claims.getStringClaim("scope");
        Set<String> roleSet = roles == null ? Set.of() : new HashSet<>(roles);
        boolean bound = claims.getClaim("cnf") != null; // only the gateway asks for the key
        if (bound
                || subject.equals(Caller.ANYONE)
                || subject.startsWith("service:")
                || !Headers.isCaller(subject)
                || roleSet.size() > Headers.ROLES_MAX
                || !roleSet.stream().allMatch(Headers::isRole)) {
            return Optional.empty();
        }
        Set<String> operations = new HashSet<>();
        if (scope != null) {
            for (String word : scope.split(" ", -1)) {
                if (Headers.isOperation(word)) {
                    operations.add(word);
                }
            }
        }
        return Optional.of(new Caller(subject, roleSet, operations));
    }
}
