package org.sekisho.control.media;

import java.util.UUID;

/** A medium was reported lost, or withdrawn. Told in the transaction that says so. */
public record MediumOutOfUse(UUID medium, String reason) {}
