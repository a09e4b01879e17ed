@NullMarked
package org.sekisho.control.event.ingest;

import org.jspecify.annotations.NullMarked;
