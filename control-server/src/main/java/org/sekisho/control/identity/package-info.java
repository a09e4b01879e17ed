/**
 * Who operates the control server, and what they may do where: operators with their roles and branches; how they come in
 * (set-up link, invitation, passkey, identity provider, a command's approval); their tokens and console sessions.
 *
 * <p>Operations name their roles by {@code @RolesAllowed}; {@link org.sekisho.control.identity.JurisdictionFilter} alone weighs
 * branches, and an operation that doesn't say that it keeps to them is closed to whoever is limited to one.
 *
 * <p>Secrets are 256 random bits and only their SHA-256 is stored. Nobody has a password, and no installation starts with
 * a known secret.
 */
@NullMarked
package org.sekisho.control.identity;

import org.jspecify.annotations.NullMarked;
