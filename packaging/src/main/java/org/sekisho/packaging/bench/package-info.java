/**
 * Benchmarks, each against a peer or a limit in the same run; started by {@code packaging/bench.sh}. The last line that each
 * prints is one JSON object.
 */
@NullMarked
package org.sekisho.packaging.bench;

import org.jspecify.annotations.NullMarked;
