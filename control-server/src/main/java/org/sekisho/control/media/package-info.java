/**
 * The media register: which removable media the city knows, whose they are, and where each was plugged in last. Each
 * segment's register goes to its terminals as one signed document, within a second of a change.
 */
@NullMarked
package org.sekisho.control.media;

import org.jspecify.annotations.NullMarked;
