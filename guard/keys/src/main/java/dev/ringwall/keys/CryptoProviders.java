package dev.ringwall.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the quick provider of cryptography in front of the JDK's own where it loads: Amazon's, whose ES256 costs a fifth.
///
/// It is asked to sign and to check a signature first; where it does not load or errs, the JDK goes on alone.
public final class CryptoProviders {

    private static final Logger LOG = LoggerFactory.getLogger(CryptoProviders.class);
    private static final String AMAZON =
            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private CryptoProviders() {}

    /// Who signs and verifies from now on.
    public sealed interface Installed {
        /// The quick one, before the JDK's.
        record Quick(String name, String version) implements Installed {}

        /// The JDK's alone.
        record JdkOnly(String because) implements Installed {}
    }

    /// Installs it once for the whole process; who asks while another loads it waits for that. A process that begins early has it when it needs it.
    public static Installed installed() {
        return Once.INSTALLED;
    }

    private static final class Once {
        private static final Installed INSTALLED = install();
    }

    /// Installs it for the whole process. Loading takes a few tenths of a second; it may go on beside the rest of a start.
    public static Installed install() {
        Installed installed = install(AMAZON);
        switch (installed) {
            case Installed.Quick(String name, String version) ->
                    LOG.atDebug()
                            .addKeyValue("provider", name)
                            .addKeyValue("version", version)
                            .log("quick cryptography");
            case Installed.JdkOnly(String because) ->
                    LOG.atInfo()
                            .addKeyValue("because", because)
                            .log("cryptography by the JDK alone: slower, not weaker");
        }
        return installed;
    }

    static Installed install(String className) {
        try {
            Provider provider =
                    Class.forName(className)
                            .asSubclass(Provider.class)
                            .getDeclaredConstructor()
                            .newInstance();
            String unfit = unfit(provider);
            if (!unfit.isEmpty()) {
                return new Installed.JdkOnly(unfit);
            }
            Security.insertProviderAt(provider, 1);
            return new Installed.Quick(provider.getName(), provider.getVersionStr());
        } catch (ReflectiveOperationException | LinkageError | RuntimeException doesNotLoad) {
            return new Installed.JdkOnly(className + " does not load: " + doesNotLoad);
        }
    }

    private static String unfit(Provider provider) {
        byte[] text = {1, 2, 3};
        try {
            KeyPair pair = Certificates.newKeyPair();
            Signature quick = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
            quick.initSign(pair.getPrivate());
            quick.update(text);
            byte[] signature = quick.sign();
            Signature own = Signature.getInstance("SHA256withECDSAinP1363Format");
            own.initVerify(pair.getPublic());
            own.update(text);
            quick.initVerify(pair.getPublic());
            quick.update(text);
            if (!own.verify(signature) || !quick.verify(signature)) {
                return provider.getName() + " signs what does not verify";
            }
            signature[10] ^= 1;
            quick.initVerify(pair.getPublic());
            quick.update(text);
            return quick.verify(signature)
                    ? provider.getName() + " verifies what was not signed"
                    : "";
        } catch (GeneralSecurityException cannot) {
            return provider.getName() + " does not do ES256: " + cannot.getMessage();
        }
    }
}
