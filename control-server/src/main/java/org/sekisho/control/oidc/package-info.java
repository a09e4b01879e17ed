/**
 * Signing in by a city's identity provider (OpenID Connect Core 1.0: authorization code with PKCE, RFC 7636). Knows what the
 * provider says about a person; what that person may do here is others' business.
 */
@NullMarked
package org.sekisho.control.oidc;

import org.jspecify.annotations.NullMarked;
