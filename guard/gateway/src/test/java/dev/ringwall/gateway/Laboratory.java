package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Ring;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Plays an attack against all rings and against all but one, and puts such incomplete rings together. It lies among the tests: the
/// product cannot do this.
final class Laboratory {

    private Laboratory() {}

    /// An attack; it says what came back.
    @FunctionalInterface
    interface Attack {
        Wire.Reply on(World world) throws IOException;
    }

    static void play(
            Ring ring, String reason, String reaches, Attack attack, Function<Rings, Rings> without)
            throws Exception {
        play(LaboratoryTest.YAML, ring, reason, reaches, attack, without);
    }

    static void play(
            String yaml,
            Ring ring,
            String reason,
            String reaches,
            Attack attack,
            Function<Rings, Rings> without)
            throws Exception {
        try (World all = World.of(yaml)) {
            Wire.Reply stopped = attack.on(all);
            assertThat(stopped.reason()).as("with %s", ring.word()).isEqualTo(reason);
        }
        try (World fewer =
                new World(
                        Map.of("ringwall.yaml", yaml),
                        settings -> settings,
                        tools -> without.apply(Rings.standard(tools)))) {
            Wire.Reply through = attack.on(fewer);
            assertThat(through.status()).as("without %s", ring.word()).isEqualTo(200);
            assertThat(fewer.services.get(reaches).seen()).isNotEmpty();
        }
    }

    /// All rings, with something careless in the place of one.
    static Function<Rings, Rings> replacing(Ring ring, Function<Exchange, Passage> careless) {
        return rings -> {
            List<Gate> gates = new ArrayList<>();
            for (Gate gate : rings.gates()) {
                gates.add(gate.ring() == ring ? careless(ring, careless) : gate);
            }
            return new Rings(gates, rings.release(), rings.record());
        };
    }

    static Gate careless(Ring ring, Function<Exchange, Passage> careless) {
        return new Gate() {
            @Override
            public Ring ring() {
                return ring;
            }

            @Override
            public Passage pass(Exchange exchange) {
                return careless.apply(exchange);
            }
        };
    }

    /// Finds the way as ever, and then sends the head as it came.
    static Rings carelessForward(Rings rings) {
        Gate forward = rings.gates().getLast();
        return replacing(
                        Ring.FORWARD,
                        exchange ->
                                switch (forward.pass(exchange)) {
                                    case Passage.Later(CompletionStage<Passage> then) ->
                                            new Passage.Later(
                                                    then.thenApply(passage ->
                                                            asItCame(exchange, passage)));
                                    case Passage passage -> asItCame(exchange, passage);
                                })
                .apply(rings);
    }

    static Passage asItCame(Exchange exchange, Passage passage) {
        var prepared = exchange.onward().head().headers();
        var head =
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1, exchange.head().method(), exchange.head().uri());
        head.headers().set(exchange.head().headers());
        head.headers().remove(HttpHeaderNames.EXPECT);
        if (prepared.contains(Names.TXN_TOKEN)) {
            head.headers().set(Names.TXN_TOKEN, prepared.get(Names.TXN_TOKEN));
        }
        exchange.onward(new Exchange.Onward(exchange.onward().ways(), head));
        return passage;
    }

    record ReleasesAll(Rings.Releasing real) implements Rings.Releasing {
        @Override
        public boolean holds(Exchange exchange, HttpResponse head) {
            return false;
        }

        @Override
        public Passage judge(Exchange exchange, HttpResponse head, ByteBuf body) {
            return Passage.PASSED;
        }

        @Override
        public void dress(Exchange exchange, HttpResponse head) {
            real.dress(exchange, head);
        }
    }
}
