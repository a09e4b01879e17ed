/** Events as they are stored, searched, and followed live. Read-only: writing is ingest's. */
@NullMarked
package org.sekisho.control.event;

import org.jspecify.annotations.NullMarked;
