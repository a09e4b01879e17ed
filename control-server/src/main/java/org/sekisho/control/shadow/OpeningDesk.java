package org.sekisho.control.shadow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.shadow.OpeningView.State;
import org.sekisho.v1.SealedKey;

/**
 * Who may do what about an opening: a custodian asks, another one decides, and the one who asked takes the copy. Roles don't
 * matter here. What is found missing, forbidden or too late is a {@link ProblemException} with status 404, 403 or 409.
 * Thread-safe; joins the caller's transaction.
 */
@Singleton
class OpeningDesk {
    private final Jdbi jdbi;
    private final ShadowCopyStore copies;
    private final OpeningStore openings;

    @Inject
    OpeningDesk(Jdbi jdbi, ShadowCopyStore copies, OpeningStore openings) {
        this.jdbi = jdbi;
        this.copies = copies;
        this.openings = openings;
    }

    OpeningView ask(Reach reach, String copy, String reader, String reason) {
        ShadowCopyView found = copy(reach, copy);
        requireCustodian(found, reader);
        requireKept(found);
        boolean asked = found.openings().stream()
                .anyMatch(opening ->
                        opening.state() == State.ASKED && opening.reader().equals(reader));
        if (asked) {
            throw new ProblemException(
                    409,
                    "already-asked",
                    "You have asked to open this copy, and nobody has decided yet; wait for it, or withdraw it first");
        }
        return opening(reach, copy, openings.ask(copy, reader, reason));
    }

    /** The pair's key, for whoever would approve. */
    SealedKey seal(Reach reach, String copy, UUID id, String approver) {
        OpeningView opening = toApprove(reach, copy, id, approver);
        return copies.header(copy)
                .key(opening.reader(), approver)
                .orElseThrow(() -> new ProblemException(
                        409,
                        "no-key",
                        "The terminal sealed no key of this copy to " + opening.reader() + " and " + approver
                                + " together; another custodian has to approve"));
    }

    OpeningView approve(Reach reach, String copy, UUID id, String approver, byte[] approved) {
        toApprove(reach, copy, id, approver);
        if (!openings.approve(id, approver, approved)) {
            throw decided();
        }
        return opening(reach, copy, id);
    }

    private OpeningView toApprove(Reach reach, String copy, UUID id, String approver) {
        ShadowCopyView found = copy(reach, copy);
        OpeningView opening = opening(found, id);
        requireCustodian(found, approver);
        if (opening.reader().equals(approver)) {
            throw new ProblemException(
                    403, "own-opening", "You asked for this opening yourself; another custodian has to approve it");
        }
        requireKept(found);
        requireAsked(opening);
        return opening;
    }

    OpeningView refuse(Reach reach, String copy, UUID id, String by, String reason) {
        ShadowCopyView found = copy(reach, copy);
        OpeningView opening = opening(found, id);
        requireCustodian(found, by);
        requireAsked(opening);
        if (!openings.refuse(id, by, reason)) {
            throw decided();
        }
        return opening(reach, copy, id);
    }

    /** The opening, if this operator may take the copy by it now. */
    OpeningView toRead(Reach reach, String copy, UUID id, String reader) {
        ShadowCopyView found = copy(reach, copy);
        OpeningView opening = opening(found, id);
        if (!opening.reader().equals(reader)) {
            throw new ProblemException(
                    403, "not-reader", "This opening is " + opening.reader() + "'s; ask for one of your own");
        }
        requireKept(found);
        if (opening.state() != State.APPROVED) {
            throw new ProblemException(
                    409,
                    "not-approved",
                    "This opening is " + opening.state() + "; a copy is read while its opening is APPROVED");
        }
        return opening;
    }

    /** Locked until the transaction ends, so that two never decide at once. */
    private ShadowCopyView copy(Reach reach, String id) {
        if (copies.find(reach, id).isPresent()) {
            jdbi.useHandle(handle -> ShadowCopyStore.lock(handle, id));
        }
        return copies.find(reach, id).orElseThrow(() -> ProblemException.notFound("shadow copy", id));
    }

    private OpeningView opening(Reach reach, String copy, UUID id) {
        return opening(copies.find(reach, copy).orElseThrow(() -> ProblemException.notFound("shadow copy", copy)), id);
    }

    private static OpeningView opening(ShadowCopyView copy, UUID id) {
        return copy.openings().stream()
                .filter(opening -> opening.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("opening", id));
    }

    private static void requireCustodian(ShadowCopyView copy, String operator) {
        // As long as it has not come, nothing is known of its custodians: then it is the copy that is missing.
        if (copy.keptAt() != null && !copy.custodians().contains(operator)) {
            throw new ProblemException(
                    403,
                    "not-custodian",
                    operator + " is no custodian of this copy; its custodians are "
                            + String.join(", ", copy.custodians()));
        }
    }

    private static void requireKept(ShadowCopyView copy) {
        if (copy.state() != ShadowCopyView.State.KEPT) {
            throw new ProblemException(409, "not-kept", "The server does not have this copy: it is " + copy.state());
        }
    }

    private static void requireAsked(OpeningView opening) {
        if (opening.state() != State.ASKED) {
            throw decided();
        }
    }

    private static ProblemException decided() {
        return new ProblemException(
                409, "not-asked", "This opening was decided or has lapsed; look again, and ask anew if need be");
    }
}
