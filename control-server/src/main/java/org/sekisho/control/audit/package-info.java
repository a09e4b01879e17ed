/**
 * What operators did, in a chain of its own: no entry can be changed or taken out without every later hash failing. An
 * entry is written in the transaction of the act itself, so that neither exists without the other.
 */
@NullMarked
package org.sekisho.control.audit;

import org.jspecify.annotations.NullMarked;
