/**
 * The terminals' port: one mutually authenticated gRPC stream a terminal, and a call for each shadow copy. Promises that
 * nothing here grows without bound, however many terminals connect or however slow they read, and that an acknowledgement is
 * sent only for what is on disk.
 */
@NullMarked
package org.sekisho.control.terminal.link;

import org.jspecify.annotations.NullMarked;
