package org.sekisho.evidence;

/** What is checked of a pack, in this order. */
public enum EvidenceCheck {
    /** It is an archive with the files that it must have, each once. */
    ARCHIVE,
    /** The manifest is in its format. */
    MANIFEST,
    /** The authority in the pack is the one that is trusted. */
    AUTHORITY,
    /** The manifest's signer is certified for it. */
    SIGNER,
    /** The manifest is signed. */
    SIGNATURE,
    /** Each file is as the manifest lists it, and none is there besides. */
    FILES,
    /** Terminals' certificates lead to the authority. */
    CERTIFICATES,
    /** Each run of events is linked, in order, and its checkpoints hold. */
    CHAIN,
    /** The incident's events are in the runs. */
    EVENTS,
    /** The policies are signed. */
    POLICY,
    /** The audit entries are links of the server's chain. */
    AUDIT
}
