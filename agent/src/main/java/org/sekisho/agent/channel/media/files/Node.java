package org.sekisho.agent.channel.media.files;

import org.jspecify.annotations.Nullable;

/** A name that the kernel holds. Its place is for {@link Nodes} to change; what is open belongs to {@link CheckedFiles}. */
final class Node {
    private final long id;
    private @Nullable Node parent;
    private String lastName;
    private volatile boolean gone;
    long lookups;

    @Nullable
    OpenFile open;

    Node(long id, @Nullable Node parent, String lastName) {
        this.id = id;
        this.parent = parent;
        this.lastName = lastName;
    }

    long id() {
        return id;
    }

    synchronized @Nullable Node parent() {
        return parent;
    }

    synchronized String lastName() {
        return lastName;
    }

    synchronized void move(Node newParent, String newName) {
        parent = newParent;
        lastName = newName;
    }

    /** Path on the volume, without a leading slash; empty for the root. */
    String name() {
        StringBuilder path = new StringBuilder();
        for (Node node = this; node.parent() != null; node = java.util.Objects.requireNonNull(node.parent())) {
            path.insert(0, path.isEmpty() ? node.lastName() : node.lastName() + "/");
        }
        return path.toString();
    }

    /** Whether no name leads to it any more. */
    boolean isGone() {
        return gone;
    }

    void setGone() {
        gone = true;
    }
}
