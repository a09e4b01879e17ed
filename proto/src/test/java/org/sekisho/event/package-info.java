/** Holds the chain's code to the contract in {@code event.proto}, with hostile input as well as honest. */
@NullMarked
package org.sekisho.event;

import org.jspecify.annotations.NullMarked;
