/**
 * Shadow copies: content that is sealed on a terminal so that only two custodians together can read it.
 *
 * <p>A copy has a key of its own (AES-256-GCM, 64 KiB of content a chunk; a chunk's nonce is its number and whether it is the
 * last, so that none can be left out, moved or cut off, after Hoang, Reyhanitabar, Rogaway and Vizár's STREAM). For each ordered
 * pair of custodians that key is sealed to the reader and, so sealed, once more to the approver, by HPKE (RFC 9180, base mode,
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM). The approver takes off the outer seal; what is left opens for the
 * reader alone. Nobody else, the server included, ever holds the key.
 *
 * <p>{@code shadow.proto} has the layout. {@link org.sekisho.shadow.ShadowSealer} makes one,
 * {@link org.sekisho.shadow.ShadowOpener} reads one; whatever was changed on the way is found out before its bytes are given to
 * anybody.
 */
@NullMarked
package org.sekisho.shadow;

import org.jspecify.annotations.NullMarked;
