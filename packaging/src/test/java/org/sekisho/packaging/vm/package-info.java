/**
 * The agent on a real Debian kernel under a real systemd, with devices that are really plugged in. All tests of this package share
 * one virtual machine, booted at the first one's need.
 */
@NullMarked
package org.sekisho.packaging.vm;

import org.jspecify.annotations.NullMarked;
