package org.sekisho.policy;

import java.util.List;
import org.sekisho.policy.Case.Peer;

/** The other end is in one of these places. */
record DestinationCriterion(List<Destination> places) implements Criterion {
    @Override
    public boolean holds(Case attempted) {
        Peer peer = attempted.peer();
        for (Destination place : places) {
            boolean there = switch (place) {
                case Destination.Block(IpBlock block) -> peer.address() != null && block.contains(peer.address());
                case Destination.Host(Glob name) -> !peer.host().isEmpty() && name.matches(peer.host());
            };
            if (there) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean covers(Criterion other) {
        return other instanceof DestinationCriterion that
                && that.places.stream().allMatch(narrow -> places.stream().anyMatch(wide -> wide.covers(narrow)));
    }

    @Override
    public boolean excludes(Criterion other) {
        return other instanceof DestinationCriterion that
                && places.stream().allMatch(one -> that.places.stream().allMatch(one::excludes));
    }
}
