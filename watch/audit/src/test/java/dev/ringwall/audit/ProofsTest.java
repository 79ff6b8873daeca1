package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.testkit.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProofsTest {

    private static final int SIZE_MAX = 600;
    private static final List<TreeHash> LEAVES =
            IntStream.range(0, SIZE_MAX)
                    .mapToObj(index -> TreeHash.leaf(Logs.entry(index)))
                    .toList();
    private static final Map<List<Long>, TreeHash> NODES = new ConcurrentHashMap<>();
    private static final List<TreeHash> ROOTS = roots();

    @Test
    void everyLeafOfEveryTreeIsProved() throws IOException {
        for (int size = 1; size <= SIZE_MAX; size++) {
            for (int index = 0; index < size; index += 1 + size / 40) {
                List<TreeHash> path = Proofs.inclusion(index, size, ProofsTest::node);
                assertThat(Proofs.included(LEAVES.get(index), index, size, path, ROOTS.get(size)))
                        .as("%d of %d", index, size)
                        .isTrue();
            }
        }
    }

    @Test
    void everyTreeIsProvedToContinueEveryOlderOne() throws IOException {
        for (int size = 0; size <= SIZE_MAX; size++) {
            for (int older = 0; older <= size; older += 1 + size / 40) {
                List<TreeHash> path = Proofs.consistency(older, size, ProofsTest::node);
                assertThat(Proofs.consistent(older, size, ROOTS.get(older), ROOTS.get(size), path))
                        .as("%d to %d", older, size)
                        .isTrue();
            }
        }
    }

    @Test
    void anythingElseInAnInclusionProofIsRefused() {
        Seeds.each(
                500,
                random -> {
                    int size = random.nextInt(2, SIZE_MAX + 1);
                    int index = random.nextInt(size);
                    List<TreeHash> path = Proofs.inclusion(index, size, ProofsTest::node);
                    TreeHash leaf = LEAVES.get(index);
                    TreeHash root = ROOTS.get(size);

                    assertThat(Proofs.included(leaf, index, size, flipped(path, random), root))
                            .isFalse();
                    assertThat(Proofs.included(flipped(leaf, random), index, size, path, root))
                            .isFalse();
                    assertThat(Proofs.included(leaf, index, size, path, flipped(root, random)))
                            .isFalse();
                    assertThat(
                                    Proofs.included(
                                            leaf, index, size, path.subList(1, path.size()), root))
                            .isFalse();
                    assertThat(Proofs.included(leaf, index, size, with(path, leaf), root))
                            .isFalse();
                    assertThat(Proofs.included(leaf, size, size, path, root)).isFalse();
                    assertThat(Proofs.included(leaf, -1, size, path, root)).isFalse();
                    int elsewhere = random.nextInt(size);
                    assertThat(Proofs.included(leaf, elsewhere, size, path, root))
                            .isEqualTo(elsewhere == index);
                });
    }

    @Test
    void anythingElseInAConsistencyProofIsRefused() {
        Seeds.each(
                500,
                random -> {
                    int size = random.nextInt(2, SIZE_MAX + 1);
                    int older = random.nextInt(1, size);
                    List<TreeHash> path = Proofs.consistency(older, size, ProofsTest::node);
                    TreeHash then = ROOTS.get(older);
                    TreeHash now = ROOTS.get(size);

                    assertThat(Proofs.consistent(older, size, then, now, flipped(path, random)))
                            .isFalse();
                    assertThat(Proofs.consistent(older, size, flipped(then, random), now, path))
                            .isFalse();
                    assertThat(Proofs.consistent(older, size, then, flipped(now, random), path))
                            .isFalse();
                    assertThat(
                                    Proofs.consistent(
                                            older, size, then, now, path.subList(1, path.size())))
                            .isFalse();
                    assertThat(Proofs.consistent(older, size, then, now, with(path, now)))
                            .isFalse();
                    assertThat(Proofs.consistent(size, older, then, now, path)).isFalse();
                });
    }

    @Test
    void aLeafThatTheTreeDoesNotHaveHasNoProof() {
        assertThatThrownBy(() -> Proofs.inclusion(5, 5, ProofsTest::node))
                .hasMessage("leaf 5 of 5");
        assertThatThrownBy(() -> Proofs.consistency(6, 5, ProofsTest::node))
                .hasMessage("from 6 to 5 leaves");
    }

    private static TreeHash node(int level, long index) {
        int start = (int) (index << level);
        return NODES.computeIfAbsent(
                List.of((long) level, index),
                _ -> TreeHash.over(LEAVES.subList(start, start + (1 << level))));
    }

    private static List<TreeHash> roots() {
        List<TreeHash> roots = new ArrayList<>();
        for (int size = 0; size <= SIZE_MAX; size++) {
            roots.add(TreeHash.over(LEAVES.subList(0, size)));
        }
        return roots;
    }

    private static TreeHash flipped(TreeHash hash, RandomGenerator random) {
        byte[] bytes = hash.bytes();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return TreeHash.of(bytes, 0);
    }

    private static List<TreeHash> flipped(List<TreeHash> path, RandomGenerator random) {
        List<TreeHash> changed = new ArrayList<>(path);
        int at = random.nextInt(path.size());
        changed.set(at, flipped(path.get(at), random));
        return changed;
    }

    private static List<TreeHash> with(List<TreeHash> path, TreeHash more) {
        List<TreeHash> longer = new ArrayList<>(path);
        longer.add(more);
        return longer;
    }
}
