package org.sekisho.agent.channel.media.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.v1.Custodian;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;
import org.sekisho.v1.ShadowCopies;
import org.sekisho.v1.ShadowOrder;

class ShadowOrdersTest {
    private static final Policy POLICY = Policy.newBuilder()
            .setShadowCopies(ShadowCopies.newBuilder()
                    .addCustodians(Custodian.newBuilder().setOperator("sato")))
            .addRules(Rule.newBuilder().setId("copied").setShadowCopy(true))
            .addRules(Rule.newBuilder().setId("not-copied"))
            .build();

    private final AtomicInteger told = new AtomicInteger();

    @TempDir
    private Path folder;

    private ShadowFolder shadows;
    private ShadowOrders orders;

    @BeforeEach
    void open() throws IOException {
        shadows = new ShadowFolder(folder);
        shadows.onWaiting(told::incrementAndGet);
        orders = new ShadowOrders(() -> POLICY, shadows);
    }

    @Test
    void onlyForRulesThatAskForOne() {
        ShadowOrder order = orders.order("copied", 100).orElseThrow();
        assertThat(order.getMostBytes()).isEqualTo(ShadowFormat.DEFAULT_MOST_BYTES);
        assertThat(ShadowFormat.isId(order.getId())).isTrue();
        assertThat(orders.order("copied", 100).orElseThrow().getId()).isNotEqualTo(order.getId());
        assertThat(orders.order("not-copied", 100)).isEmpty();
        assertThat(orders.order("", 100)).isEmpty();
        assertThat(new ShadowOrders(() -> POLICY.toBuilder().clearShadowCopies().build(), shadows).order("copied", 100))
                .as("nobody could read it")
                .isEmpty();
    }

    @Test
    void whatALostProcessHadNotWrittenFails() throws IOException {
        String half = orders.order("copied", 100).orElseThrow().getId();
        orders.lost(half);

        assertThat(shadows.next().orElseThrow().failure()).contains("the process that had the file ended");
        assertThat(told).hasValue(1);
    }

    @Test
    void whatItHadWrittenStays() throws IOException {
        String whole = orders.order("copied", 100).orElseThrow().getId();
        shadows.write(whole, out -> out.write("whole".getBytes(UTF_8)));
        orders.lost(whole);

        assertThat(shadows.next().orElseThrow().failure()).isEmpty();
        assertThat(folder.resolve(whole)).hasContent("whole");
    }
}
