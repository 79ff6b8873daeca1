package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The test vectors of Certificate Transparency for RFC 6962 §2.1.
class TreeHashTest {

    private static final List<String> ENTRIES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theRootsAreThoseOfCertificateTransparency() {
        List<TreeHash> leaves = new ArrayList<>();
        RightEdge edge = new RightEdge();
        for (int size = 0; size <= ENTRIES.size(); size++) {
            assertThat(TreeHash.over(leaves)).hasToString(ROOTS.get(size));
            assertThat(edge.root()).hasToString(ROOTS.get(size));
            if (size < ENTRIES.size()) {
                TreeHash leaf = TreeHash.leaf(HexFormat.of().parseHex(ENTRIES.get(size)));
                leaves.add(leaf);
                edge.append(leaf, (_, _, _) -> {});
            }
        }
    }

    @Test
    void theEdgeAgreesWithTheWholeTreeAtEverySize() {
        List<TreeHash> leaves = new ArrayList<>();
        RightEdge edge = new RightEdge();
        for (int size = 1; size <= 70_000; size++) {
            TreeHash leaf = TreeHash.leaf(Logs.entry(size));
            leaves.add(leaf);
            edge.append(leaf, (_, _, _) -> {});
            if (size <= 600 || size % 7_919 == 0 || (size >= 65_535 && size <= 65_538)) {
                assertThat(edge.root()).isEqualTo(TreeHash.over(leaves));
            }
        }
    }

    @Test
    void tilesLieWhereTheSpecificationSays() {
        var log = java.nio.file.Path.of("log");
        assertThat(TilePath.hashes(log, 0, 1_234_067, 256)).hasToString("log/tile/0/x001/x234/067");
        assertThat(TilePath.hashes(log, 2, 0, 1)).hasToString("log/tile/2/000.p/1");
        assertThat(TilePath.entries(log, 273, 112)).hasToString("log/tile/entries/273.p/112");
        assertThat(TilePath.fullTiles(70_000, 0)).isEqualTo(273);
        assertThat(TilePath.partialWidth(70_000, 0)).isEqualTo(112);
        assertThat(TilePath.fullTiles(70_000, 1)).isEqualTo(1);
        assertThat(TilePath.partialWidth(70_000, 1)).isEqualTo(17);
        assertThat(TilePath.partialWidth(70_000, 2)).isEqualTo(1);
    }
}
