package dev.ringwall.shop.kit;

/// What a service is handed when it starts.
public final class Environment {

    private Environment() {}

    /// The variable; a service that is not handed it does not start.
    public static String required(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            System.err.println(
                    name + " is not set (expected: started by `ringwall up` or `ringwall node`)");
            System.exit(2);
        }
        return String.valueOf(value);
    }

    /// The variable, or what stands for its absence.
    public static String or(String name, String absent) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? absent : value;
    }
}
