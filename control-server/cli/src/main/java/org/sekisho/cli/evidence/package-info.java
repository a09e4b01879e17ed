/** Evidence packs: checked with no server and no trust in whoever made them. */
@NullMarked
package org.sekisho.cli.evidence;

import org.jspecify.annotations.NullMarked;
