/** {@code sekisho shadow-copies} and {@code sekisho custodian-key}: private keys are used here, and leave the machine never. */
@NullMarked
package org.sekisho.cli.shadow;

import org.jspecify.annotations.NullMarked;
