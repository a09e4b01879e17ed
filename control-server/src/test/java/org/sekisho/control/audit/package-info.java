/** Holds the audit log to its promise: no act without an entry, no change to an entry that doesn't show. */
@NullMarked
package org.sekisho.control.audit;

import org.jspecify.annotations.NullMarked;
