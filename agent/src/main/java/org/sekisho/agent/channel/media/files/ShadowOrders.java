package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.v1.Policy;
import org.sekisho.v1.ShadowCopies;
import org.sekisho.v1.ShadowOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders shadow copies of the files that rules ask them for. Thread-safe. */
final class ShadowOrders {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowOrders.class);
    private static final int ID_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<Policy> policy;
    private final ShadowFolder folder;

    /** @param policy that is running */
    ShadowOrders(Supplier<Policy> policy, ShadowFolder folder) {
        this.policy = requireNonNull(policy, "policy is null");
        this.folder = requireNonNull(folder, "folder is null");
    }

    /**
     * The order for a file that a rule has decided about; empty if the rule asks for no copy. One that can't be carried out for
     * want of room fails at once, for the server to know, and is returned all the same, for the record.
     *
     * @param rule id; empty: none has decided
     * @param bytes of the content
     */
    Optional<ShadowOrder> order(String rule, long bytes) {
        Policy running = policy.get();
        boolean asked = running.hasShadowCopies()
                && running.getRulesList().stream().anyMatch(one -> one.getId().equals(rule) && one.getShadowCopy());
        if (!asked) {
            return Optional.empty();
        }
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        ShadowCopies copies = running.getShadowCopies();
        long most = copies.getMostBytes() == 0 ? ShadowFormat.DEFAULT_MOST_BYTES : copies.getMostBytes();
        long room = 0;
        try {
            room = folder.order(id, bytes <= most ? bytes : 0);
        } catch (IOException e) {
            failed(id, e);
        }
        return Optional.of(ShadowOrder.newBuilder()
                .setId(id)
                .addAllCustodians(copies.getCustodiansList())
                .setMostBytes(Math.min(most, room))
                .build());
    }

    /** The process that had an order is gone: if it has not carried it out, nobody will. */
    void lost(String id) {
        try {
            folder.failUnfinished(id, "the process that had the file ended before the copy was written");
        } catch (IOException e) {
            failed(id, e);
        }
        folder.tell();
    }

    /** A process has carried out an order, or failed to. */
    void done() {
        folder.tell();
    }

    private static void failed(String id, IOException why) {
        LOG.error("Shadow copy {} can't be ordered: {}", id, why.getMessage());
    }
}
