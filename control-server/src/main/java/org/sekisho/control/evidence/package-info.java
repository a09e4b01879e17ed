/**
 * The evidence pack of an incident, made while it is downloaded. Its format and its verifier are {@code org.sekisho.evidence}'s;
 * here is what goes in: the events with the chain around them, from a checkpoint to a checkpoint, the certificates, the signed
 * policies, the incident, the audit entries that concern it, and a report for people.
 *
 * <p>Each download is in the audit log and on the incident, and so also in the pack itself.
 */
@NullMarked
package org.sekisho.control.evidence;

import org.jspecify.annotations.NullMarked;
