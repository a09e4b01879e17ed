import type { PasskeyCreation, PasskeyRequest } from './model';

/** Why a browser made or used no passkey. */
export type PasskeyTrouble = 'cancelled' | 'known' | 'place' | 'missing';

export class PasskeyError extends Error {
  readonly trouble: PasskeyTrouble;

  constructor(trouble: PasskeyTrouble, cause?: unknown) {
    super(trouble, { cause });
    this.name = 'PasskeyError';
    this.trouble = trouble;
  }
}

/** Whether this browser, at this address, can have passkeys of the domain at all. */
export function canUsePasskeys(domain: string | null): boolean {
  const host = window.location.hostname;
  return domain !== null && 'PublicKeyCredential' in window && (host === domain || host.endsWith(`.${domain}`));
}

/** Has the browser make a passkey; its person is asked for by the browser itself. */
export async function makePasskey(options: PasskeyCreation) {
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: bytes(options.challenge),
        rp: { id: options.domain, name: 'Sekisho' },
        user: { id: bytes(options.userId), name: options.userName, displayName: options.userName },
        pubKeyCredParams: options.algorithms.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: options.excluded.map((id) => ({ type: 'public-key', id: bytes(id) })),
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
        attestation: 'none',
        timeout: options.timeoutMillis,
      },
    }),
  );
  const response = made.response as AuthenticatorAttestationResponse;
  return { clientData: text(response.clientDataJSON), attestation: text(response.attestationObject) };
}

/** Has the browser sign in by a passkey of its person's choice. */
export async function usePasskeyOf(request: PasskeyRequest) {
  const signed = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: bytes(request.challenge),
        rpId: request.domain,
        userVerification: 'required',
        timeout: request.timeoutMillis,
      },
    }),
  );
  const response = signed.response as AuthenticatorAssertionResponse;
  return {
    id: text(signed.rawId),
    clientData: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle === null ? '' : text(response.userHandle),
  };
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (!('credentials' in navigator)) {
    throw new PasskeyError('missing');
  }
  try {
    const credential = await ask();
    if (credential === null) {
      throw new PasskeyError('cancelled');
    }
    return credential as PublicKeyCredential;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    throw error instanceof PasskeyError
      ? error
      : new PasskeyError(name === 'InvalidStateError' ? 'known' : name === 'SecurityError' ? 'place' : 'cancelled', error);
  }
}

/** base64url (RFC 4648, 5), as the server writes bytes. */
export function bytes(encoded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
}

export function text(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
