package org.sekisho.policy;

import java.util.List;
import java.util.Set;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.FileAct;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaFile;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Verdict;

/**
 * An approved exception, as a decision looks at it: for one person, at one terminal, on one way out, in one span of time.
 * Immutable, safe for all threads.
 */
public final class Permit {
    /** What a person works the terminal with: no permit ever speaks of it. */
    private static final Set<MediaClass> INPUT = Set.of(MediaClass.KEYBOARD, MediaClass.POINTER, MediaClass.HUB);

    private final PermitGrant grant;
    private final String user;
    private final Set<String> rules;
    private final Set<String> fileHashes;
    private final List<Glob> fileNames;

    /** What was granted; one that {@link PermitCheck} finds fault with lifts less, never more. */
    public Permit(PermitGrant grant) {
        this.grant = grant;
        this.user = CaseFold.fold(grant.getUser());
        this.rules = Set.copyOf(grant.getRulesList());
        this.fileHashes = Set.copyOf(grant.getFileSha256List());
        this.fileNames = grant.getFileNamesList().stream().map(Glob::ofText).toList();
    }

    public String id() {
        return grant.getId();
    }

    /** What was granted. */
    public PermitGrant grant() {
        return grant;
    }

    /** Whether it is in its time. */
    public boolean runsAt(long micros) {
        return micros >= grant.getFromMicros() && micros < grant.getUntilMicros();
    }

    /** Whether another use is left after so many. */
    public boolean leavesUse(int used) {
        return grant.getUses() == 0 || Integer.compareUnsigned(used, grant.getUses()) < 0;
    }

    /** Whether only some files may go out under it. */
    public boolean isForFiles() {
        return !fileHashes.isEmpty() || !fileNames.isEmpty();
    }

    /**
     * Whether a file may go out under it, once its device is let in.
     *
     * @param sha256 lower-case hex; empty: not known
     * @param name without folders
     */
    public boolean covers(String sha256, String name) {
        return !isForFiles()
                || fileHashes.contains(sha256)
                || fileNames.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /** Taking a file away carries nothing out; one that is only renamed was covered by its content when it was written. */
    private boolean covers(MediaFile file) {
        boolean bringsContent = file.getAct() != FileAct.FILE_DELETED
                && (file.getAct() != FileAct.FILE_RENAMED || !fileNames.isEmpty());
        String name = file.getName();
        return !bringsContent || covers(file.getSha256(), name.substring(name.lastIndexOf('/') + 1));
    }

    /** Whether it lets media in read-only, and nothing more. */
    boolean isInward() {
        return grant.getDirection() != PermitDirection.OUTWARD;
    }

    /** Whether it changes anything about what a rule decides. */
    boolean lifts(Verdict verdict) {
        return !isInward() || verdict == Verdict.BLOCK;
    }

    /** Whether it is for this person, place and thing; its time and uses aside. */
    boolean speaksOf(String rule, Circumstances circumstances, Attempt attempt) {
        return (rules.isEmpty() || rules.contains(rule))
                && !user.isEmpty()
                && user.equals(CaseFold.fold(circumstances.getUser()))
                && !grant.getTerminal().isEmpty()
                && grant.getTerminal().equals(circumstances.getTerminal())
                && grant.getChannel() == attempt.getChannel()
                && grant.getChannel() != Channel.UNRECOGNIZED
                && fits(attempt);
    }

    private boolean fits(Attempt attempt) {
        if (attempt.getChannel() == Channel.MEDIA) {
            MediaSubject media = attempt.getMedia();
            return !INPUT.contains(media.getMediaClass())
                    && Devices.matches(grant.getDevice(), media)
                    && (!media.hasFile() || covers(media.getFile()));
        }
        return !isInward() && grant.getDevice().equals(DeviceIdentity.getDefaultInstance());
    }
}
