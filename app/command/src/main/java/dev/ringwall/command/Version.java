package dev.ringwall.command;

import picocli.CommandLine.IVersionProvider;

/// Which Ringwall this is, from the manifest of its jar.
final class Version implements IVersionProvider {

    /// The number alone.
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "ringwall " + number(),
            "Java "
                    + Runtime.version()
                    + " on "
                    + System.getProperty("os.name")
                    + " "
                    + System.getProperty("os.arch")
        };
    }
}
