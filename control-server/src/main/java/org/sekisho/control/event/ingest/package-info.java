/**
 * Takes events in: verifies each terminal's chain and writes many terminals' events in one commit. Promises that each
 * event is stored exactly once, and that whatever doesn't fit a chain is kept apart and raises an incident.
 */
@NullMarked
package org.sekisho.control.event.ingest;

import org.jspecify.annotations.NullMarked;
