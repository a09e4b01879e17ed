/** Tests of the connection's parts. */
@NullMarked
package org.sekisho.cli.rest;

import org.jspecify.annotations.NullMarked;
