package dev.ringwall.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/// What stands behind the name of a benchmark, in pairs of `--name value`.
record Options(Map<String, String> values) {

    Options {
        values = Map.copyOf(values);
    }

    /// Reads the arguments from there on. Where help is asked for, or something is not an option, that is said and the program ends.
    ///
    /// @param defaults every option that there is, and its value where none is given
    static Options read(String[] arguments, int from, String usage, Map<String, String> defaults) {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        for (int i = from; i < arguments.length; i += 2) {
            boolean help = arguments[i].equals("--help") || arguments[i].equals("-h");
            if (!defaults.containsKey(arguments[i]) || i + 1 == arguments.length) {
                (help ? System.out : System.err).print(usage);
                System.exit(help ? 0 : 2);
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        return new Options(values);
    }

    int number(String name) {
        return Integer.parseInt(values.getOrDefault(name, "0"));
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    boolean json() {
        return "json".equals(values.get("-o"));
    }
}
