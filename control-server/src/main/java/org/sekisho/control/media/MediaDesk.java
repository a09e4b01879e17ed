package org.sekisho.control.media;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.media.MediumView.State;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.policy.MediaRegisterCheck;
import org.sekisho.v1.Segment;

/** Changes the register, and has its terminals told. Thread-safe; joins the caller's transaction. */
@Singleton
class MediaDesk {
    private final Jdbi jdbi;
    private final MediaStore media;
    private final MediaRegisters registers;
    private final Event<MediumOutOfUse> outOfUse;
    private final SecurityIdentity operator;
    private final Clock clock;

    @Inject
    MediaDesk(
            Jdbi jdbi,
            MediaStore media,
            MediaRegisters registers,
            Event<MediumOutOfUse> outOfUse,
            SecurityIdentity operator,
            Clock clock) {
        this.jdbi = jdbi;
        this.media = media;
        this.registers = registers;
        this.outOfUse = outOfUse;
        this.operator = operator;
        this.clock = clock;
    }

    /** Registers one; refused if its device is registered already, unless that is wanted. */
    UUID register(MediumDraft draft, boolean sharedIdentity) {
        return jdbi.withHandle(handle -> {
            if (!sharedIdentity && MediaStore.isTaken(handle, draft.segment().getNumber(), draft.device())) {
                throw new ProblemException(
                        409,
                        "already-registered",
                        "A medium with this identity is registered already; if there really are two, say sharedIdentity");
            }
            UUID id = insert(handle, draft);
            room(handle, draft.segment());
            registers.renew(handle, draft.segment());
            return id;
        });
    }

    /** Registers all of a table, or none. */
    int register(MediaImport table) {
        return jdbi.withHandle(handle -> {
            List<MediumDraft> drafts = table.drafts();
            for (int i = 0; i < drafts.size(); i++) {
                MediumDraft draft = drafts.get(i);
                if (MediaStore.isTaken(handle, draft.segment().getNumber(), draft.device())) {
                    table.taken(table.lines().get(i));
                }
            }
            if (!table.findings().isEmpty()) {
                throw new ProblemException(
                        422, "import-findings", "The table has errors; nothing was registered", table.findings());
            }
            drafts.forEach(draft -> insert(handle, draft));
            Set<Segment> segments = drafts.stream().map(MediumDraft::segment).collect(Collectors.toSet());
            segments.forEach(segment -> {
                room(handle, segment);
                registers.renew(handle, segment);
            });
            return drafts.size();
        });
    }

    private UUID insert(Handle handle, MediumDraft draft) {
        UUID id = UUID.randomUUID();
        media.insert(handle, id, draft, operator.getPrincipal().getName(), clock.instant());
        return id;
    }

    private static void room(Handle handle, Segment segment) {
        if (MediaStore.count(handle, segment.getNumber()) > MediaRegisterCheck.MAX_MEDIA) {
            throw new ProblemException(
                    409,
                    "register-full",
                    "A segment's register holds at most " + MediaRegisterCheck.MAX_MEDIA
                            + " media; withdraw some that are not used any more");
        }
    }

    /** Changes one. */
    MediumView change(Reach reach, MediumView before, MediumView after) {
        boolean stateChanged = before.state() != after.state();
        jdbi.useHandle(handle -> {
            if (!media.update(handle, after, before.version(), stateChanged)) {
                throw ProblemException.stale("Somebody else has changed this medium; look again and repeat");
            }
            registers.renew(handle, WireNames.parse(Segment.class, after.segment()));
        });
        if (stateChanged && (after.state() == State.LOST || after.state() == State.WITHDRAWN)) {
            outOfUse.fire(new MediumOutOfUse(after.id(), after.state() + ": " + after.stateReason()));
        }
        return media.find(reach, after.id()).orElseThrow(() -> ProblemException.notFound("medium", after.id()));
    }

    Instant now() {
        return clock.instant();
    }
}
