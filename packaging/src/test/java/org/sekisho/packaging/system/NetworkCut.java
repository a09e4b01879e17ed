package org.sekisho.packaging.system;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.sekisho.packaging.rig.Command;

/** Loopback traffic to one port is dropped, by a netfilter table of its own, until closed. */
final class NetworkCut implements AutoCloseable {
    private final int port;
    private final String table;

    private NetworkCut(int port) {
        this.port = port;
        this.table = "sekisho_cut_" + port;
    }

    static NetworkCut of(int port) throws IOException, InterruptedException {
        NetworkCut cut = new NetworkCut(port);
        cut.nft("add table inet %1$s; add chain inet %1$s out { type filter hook output priority 0; };"
                        .formatted(cut.table)
                + " add rule inet %s out oif lo tcp dport %d drop;".formatted(cut.table, port)
                + " add rule inet %s out oif lo tcp sport %d drop;".formatted(cut.table, port));
        return cut;
    }

    int port() {
        return port;
    }

    private void nft(String commands) throws IOException, InterruptedException {
        Command done = Command.run(Duration.ofSeconds(10), Map.of(), new byte[0], "nft", commands);
        if (done.exit() != 0) {
            throw new IOException("nft refused '" + commands + "': " + done.err());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            nft("delete table inet " + table);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "interrupted before the netfilter table " + table + " was deleted; delete it by hand", e);
        }
    }
}
