package dev.ringwall.spring;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Fetches the issuer's public keys, keeps them for five minutes, and follows nobody to elsewhere.
final class IssuerKeys extends DefaultResourceRetriever {

    private static final int MILLIS_MAX = 3_000;
    private static final int BYTES_MAX = 65_536;

    private IssuerKeys(@Nullable SSLSocketFactory trusted) {
        super(MILLIS_MAX, MILLIS_MAX, BYTES_MAX, true, trusted);
    }

    /// @param trusted makes the connections, or null for what the JDK trusts
    static JWKSource<SecurityContext> from(URI address, @Nullable SSLSocketFactory trusted) {
        try {
            return JWKSourceBuilder.create(address.toURL(), new IssuerKeys(trusted)).build();
        } catch (MalformedURLException e) {
            throw new CannotGuard(
                    Surroundings.WITHOUT_GATEWAY + ".jwks is no address: " + address,
                    "Give the address of the issuer's public keys.");
        }
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
        HttpURLConnection connection = super.openHTTPConnection(url);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }
}
