import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeServer } from '../../test/fakeServer';
import { renderAt } from '../../test/render';
import { ownPath, SignInPage } from './SignInPage';

const routes = [
  { path: '/sign-in', element: <SignInPage /> },
  { path: '*', element: <p>inside</p> },
];
const SESSION = { operator: { id: '1', name: '山田' }, roles: ['administrator'], grants: [{ role: 'administrator' }], csrf: 'c', expiresAt: null };
const METHODS = { json: { passkeyDomain: 'localhost', operatorToken: false, identityProvider: null } };
const OPTIONS = { json: { challenge: 'AQID', domain: 'localhost', timeoutMillis: 300_000 } };
const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

describe('sign-in', () => {
  beforeEach(() => {
    vi.stubGlobal('PublicKeyCredential', vi.fn());
  });

  function authenticator(get: () => Promise<unknown>) {
    const asked = vi.fn(get);
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator) as Navigator, { credentials: { get: asked } }));
    return asked;
  }

  it('asks for a verified passkey, hands its signature over and goes where the person wanted to', async () => {
    const get = authenticator(() =>
      Promise.resolve({
        rawId: bytes(251, 255),
        response: {
          clientDataJSON: bytes(1),
          authenticatorData: bytes(2),
          signature: bytes(3),
          userHandle: bytes(4),
        },
      }),
    );
    const asked = fakeServer({ 'GET /sign-in': METHODS, 'POST /sign-in/options': OPTIONS, 'POST /sign-in': { json: SESSION } });
    const { router } = await renderAt('/sign-in?next=%2Fincidents%2F4%3Fstate%3DNEW', routes);
    await userEvent.click(await screen.findByRole('button', { name: 'パスキーでサインイン' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/incidents/4'));
    expect(router.state.location.search).toBe('?state=NEW');
    expect(get).toHaveBeenCalledWith({
      publicKey: { challenge: Uint8Array.of(1, 2, 3), rpId: 'localhost', userVerification: 'required', timeout: 300_000 },
    });
    expect(asked.at(-1)?.body).toEqual({ id: '-_8', clientData: 'AQ', authenticatorData: 'Ag', signature: 'Aw', userHandle: 'BA' });
  });

  it('says that the person gave up, and that the server refuses', async () => {
    authenticator(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    fakeServer({ 'GET /sign-in': METHODS, 'POST /sign-in/options': OPTIONS });
    await renderAt('/sign-in', routes, 'en');
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in with a passkey' }));
    expect(await screen.findByText(/cancelled, or took too long/)).toBeDefined();
  });

  it('offers no token where the installation takes none, and no passkey where the address has none', async () => {
    fakeServer({ 'GET /sign-in': { json: { passkeyDomain: 'sekisho.example', operatorToken: true, identityProvider: '例市 ID' } } });
    await renderAt('/sign-in', routes, 'en');
    expect(await screen.findByText(/can not use passkeys/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Sign in with a passkey' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Sign in with 例市 ID' }).getAttribute('href')).toBe('/api/v1/sign-in/oidc');
    expect(screen.getByRole('button', { name: 'Sign in with an operator token' })).toBeDefined();
  });

  it.each([
    [null, '/'],
    ['/events?q=1', '/events?q=1'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['https://elsewhere.example', '/'],
    ['javascript:alert(1)', '/'],
  ])('never leads elsewhere: %s → %s', (next, path) => {
    expect(ownPath(next)).toBe(path);
  });
});
