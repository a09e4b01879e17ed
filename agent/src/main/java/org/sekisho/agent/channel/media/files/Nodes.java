package org.sekisho.agent.channel.media.files;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.media.files.fuse.Errno;
import org.sekisho.agent.channel.media.files.fuse.FuseException;

/** The names that the kernel holds, by the numbers that it holds them by. Thread-safe. */
final class Nodes {
    private static final long ROOT = 1;

    private final Map<Long, Node> byId = new HashMap<>();
    private final Map<Place, Node> byPlace = new HashMap<>();
    private long last = ROOT;

    private record Place(long parent, String name) {}

    Nodes() {
        byId.put(ROOT, new Node(ROOT, null, ""));
    }

    /** @throws FuseException with {@code ESTALE} if the kernel was never told of it, or has forgotten it */
    synchronized Node get(long id) throws FuseException {
        Node node = byId.get(id);
        if (node == null) {
            throw new FuseException(Errno.ESTALE);
        }
        return node;
    }

    /** The node of a name, which the kernel holds once more from now on. */
    synchronized Node hold(Node parent, String name) {
        Node node = byPlace.computeIfAbsent(new Place(parent.id(), name), place -> {
            Node fresh = new Node(++last, parent, name);
            byId.put(fresh.id(), fresh);
            return fresh;
        });
        node.lookups++;
        return node;
    }

    synchronized @Nullable Node peek(Node parent, String name) {
        return byPlace.get(new Place(parent.id(), name));
    }

    synchronized void forget(long id, long times) {
        Node node = byId.get(id);
        if (node == null || id == ROOT) {
            return;
        }
        node.lookups -= times;
        if (node.lookups <= 0 && node.open == null) {
            byId.remove(id);
            byPlace.values().remove(node);
        }
    }

    /** No name leads there any more. */
    synchronized void remove(Node parent, String name) {
        Node node = byPlace.remove(new Place(parent.id(), name));
        if (node != null) {
            node.setGone();
        }
    }

    synchronized void move(Node from, String oldName, Node to, String newName) {
        remove(to, newName);
        Node node = byPlace.remove(new Place(from.id(), oldName));
        if (node != null) {
            node.move(to, newName);
            byPlace.put(new Place(to.id(), newName), node);
        }
    }
}
