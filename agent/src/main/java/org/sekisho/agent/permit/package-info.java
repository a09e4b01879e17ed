/**
 * What this terminal holds of permits and of the media register: signed documents of its own floor each, kept sealed, good
 * offline until they end. Time is the server's, carried on by a clock that nobody can set; uses are counted on the disk before
 * anything is let through.
 */
@NullMarked
package org.sekisho.agent.permit;

import org.jspecify.annotations.NullMarked;
