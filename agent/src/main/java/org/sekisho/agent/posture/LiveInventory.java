package org.sekisho.agent.posture;

import org.sekisho.v1.Inventory;

/** The terminal's inventory: what is known at once, and all of it once a process of its own has read it. Thread-safe. */
public final class LiveInventory {
    private final InventoryProcess process;
    private volatile Inventory inventory;

    /** Knows the host and the agent's version. */
    public LiveInventory(InventoryProcess process) {
        this.process = process;
        this.inventory = Inventory.newBuilder()
                .setHost(InventoryReader.host())
                .setAgentVersion(AgentVersion.current())
                .build();
    }

    /** As it is known now. */
    public Inventory current() {
        return inventory;
    }

    /** Has all of it read, on a thread of its own, and then calls {@code changed}. */
    public void read(Runnable changed) {
        Thread reader = new Thread(
                () -> {
                    inventory = process.read();
                    changed.run();
                },
                "inventory");
        reader.setDaemon(true);
        reader.start();
    }
}
