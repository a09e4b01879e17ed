package org.sekisho.control.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Function;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.organisation.TerminalUnits;
import org.sekisho.control.rest.FeedReader;
import org.sekisho.control.rest.LiveFeed;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;

/**
 * Lets operators follow live streams: as much of them as their branch shows, and as long as their session or token lasts with
 * the very roles that it began with. Thread-safe.
 */
@ApplicationScoped
public class StreamAdmission {
    private final SecurityIdentity identity;
    private final Jurisdiction jurisdiction;
    private final OperatorIdentityProvider proofs;
    private final TerminalUnits units;
    private final Notifications notifications;

    @Inject
    StreamAdmission(
            SecurityIdentity identity,
            Jurisdiction jurisdiction,
            OperatorIdentityProvider proofs,
            TerminalUnits units,
            Notifications notifications) {
        this.identity = identity;
        this.jurisdiction = jurisdiction;
        this.proofs = proofs;
        this.units = units;
        this.notifications = notifications;
    }

    /** Has a feed look again at an operator's streams as soon as something about the operator changes, on any replica. */
    public void watch(LiveFeed<?> feed) {
        notifications.listen(Topic.OPERATOR, new Notifications.Listener() {
            @Override
            public void told(String operator) {
                feed.recheck(operator);
            }

            @Override
            public void maybeMissed() {
                feed.heartbeat();
            }
        });
    }

    /** The operator of this request as a reader of items that each concern one terminal. */
    public <T> FeedReader<T> reader(Function<T, String> terminalOf) {
        Operator operator = (Operator) identity.getPrincipal();
        OperatorCredential proof = identity.getAttribute(OperatorIdentityProvider.PROOF);
        Grants grants = identity.getAttribute(OperatorIdentityProvider.GRANTS);
        Reach reach = jurisdiction.reach();
        return new FeedReader<>() {
            @Override
            public boolean sees(T item) {
                return units.within(reach, terminalOf.apply(item));
            }

            @Override
            public boolean stays() {
                return proofs.stillAllows(proof).equals(Optional.of(grants));
            }

            @Override
            public String owner() {
                return operator.id().toString();
            }
        };
    }
}
