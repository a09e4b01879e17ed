import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { fakeServer } from '../../test/fakeServer';
import { renderAt } from '../../test/render';
import { ownPath, SignInPage } from './SignInPage';

const routes = [
  { path: '/sign-in', element: <SignInPage /> },
  { path: '*', element: <p>inside</p> },
];
const SESSION = { operator: { id: '1', name: '山田' }, roles: ['administrator'], csrf: 'c', expiresAt: null };

describe('sign-in', () => {
  it('hands the token over once and goes where the person wanted to', async () => {
    const asked = fakeServer({ 'POST /session': { json: SESSION } });
    const { router } = await renderAt('/sign-in?next=%2Fincidents%2F4%3Fstate%3DNEW', routes);
    await userEvent.type(screen.getByLabelText(/運用者トークン/), ' secret {Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/incidents/4'));
    expect(router.state.location.search).toBe('?state=NEW');
    expect(asked[0]?.body).toEqual({ token: 'secret' });
  });

  it('says that a token is refused', async () => {
    fakeServer({ 'POST /session': { status: 401, json: { status: 401, detail: 'unknown' } } });
    await renderAt('/sign-in', routes, 'en');
    await userEvent.type(screen.getByLabelText(/Operator token/), 'wrong{Enter}');
    expect(await screen.findByText('The token is wrong, has expired, or was deleted.')).toBeDefined();
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
