/**
 * The evidence pack of an incident: how it is written, and how anybody checks it without a server. The format is described in
 * {@code FORMAT.txt} beside the code, in enough detail for somebody else's verifier; a copy is in each pack.
 *
 * <p>Pure but for the archive that is read or written. The server writes with it, {@code sekisho verify-evidence} checks with
 * it.
 */
@NullMarked
package org.sekisho.evidence;

import org.jspecify.annotations.NullMarked;
