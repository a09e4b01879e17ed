package org.sekisho.policy;

import java.util.BitSet;
import java.util.List;
import org.sekisho.v1.NetworkSubject;
import org.sekisho.v1.PortRange;
import org.sekisho.v1.TransportProtocol;

/** The port is one of these. ICMP has no ports (RFC 792), whatever an attempt says. */
record PortCriterion(BitSet ports) implements Criterion {
    private static final int LAST_PORT = 65_535;

    static PortCriterion of(List<PortRange> ranges) {
        BitSet ports = new BitSet();
        for (PortRange range : ranges) {
            if (isValid(range)) {
                ports.set(range.getFirst(), last(range) + 1);
            }
        }
        return new PortCriterion(ports);
    }

    static boolean isValid(PortRange range) {
        return range.getFirst() >= 1 && last(range) >= range.getFirst() && last(range) <= LAST_PORT;
    }

    private static int last(PortRange range) {
        return range.getLast() == 0 ? range.getFirst() : range.getLast();
    }

    @Override
    public boolean holds(Case attempted) {
        NetworkSubject network = attempted.attempt().getNetwork();
        int port = network.getPort();
        return network.getProtocol() != TransportProtocol.ICMP && port >= 1 && port <= LAST_PORT && ports.get(port);
    }

    @Override
    public boolean covers(Criterion other) {
        if (!(other instanceof PortCriterion that)) {
            return false;
        }
        BitSet missing = (BitSet) that.ports.clone();
        missing.andNot(ports);
        return missing.isEmpty();
    }

    @Override
    public boolean excludes(Criterion other) {
        return other instanceof PortCriterion that && !ports.intersects(that.ports);
    }
}
