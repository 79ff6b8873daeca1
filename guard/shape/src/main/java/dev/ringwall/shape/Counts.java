package dev.ringwall.shape;

/// Bounds on how many items or members there are.
final class Counts {

    private Counts() {}

    static Check items(String keyword, int min, int max) {
        return (value, marks, walk) ->
                !(value instanceof Value.Items items)
                        || within(items.items().size(), min, max)
                        || walk.broken(keyword);
    }

    static Check members(String keyword, int min, int max) {
        return (value, marks, walk) ->
                !(value instanceof Value.Members members)
                        || within(members.names().size(), min, max)
                        || walk.broken(keyword);
    }

    private static boolean within(int count, int min, int max) {
        return count >= min && count <= max;
    }
}
