package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.sekisho.v1.Policy;

class PolicyDocumentTest {
    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.oneOf(
                Arbitraries.randomValue(random -> new RandomMessages(random, false)
                        .fill(Policy.newBuilder())
                        .build()),
                Arbitraries.randomValue(random -> new RandomMessages(random, true)
                        .fill(Policy.newBuilder())
                        .build()));
    }

    @Property(tries = 1000)
    void whatIsWrittenReadsBackEqual(@ForAll("policies") Policy policy) throws PolicySyntaxException {
        String yaml = PolicyDocument.render(policy);

        assertThat(PolicyDocument.parse(yaml).policy()).isEqualTo(policy);
        assertThat(PolicyDocument.render(PolicyDocument.parse(yaml).policy())).isEqualTo(yaml);
    }

    @Property(tries = 300)
    void jsonIsOneToOneToo(@ForAll("policies") Policy policy) throws Exception {
        assertThat(PolicyDocument.fromJson(PolicyDocument.toJson(policy))).isEqualTo(policy);
    }
}
