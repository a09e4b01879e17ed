/**
 * Holds the server to what it publishes about itself: a client that is made from the OpenAPI document alone does every
 * operation once.
 */
@NullMarked
package org.sekisho.control.contract;

import org.jspecify.annotations.NullMarked;
