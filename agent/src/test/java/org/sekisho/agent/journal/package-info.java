/** Holds the journal to its promises on real files: crashes, torn writes, full disks, turned clocks, swapped stores. */
@NullMarked
package org.sekisho.agent.journal;

import org.jspecify.annotations.NullMarked;
