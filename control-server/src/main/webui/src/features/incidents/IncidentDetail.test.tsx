import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { describe, expect, it } from 'vitest';
import type { Asked } from '../../test/fakeServer';
import { fakeServer } from '../../test/fakeServer';
import { renderAt } from '../../test/render';
import { IncidentDetail } from './IncidentDetail';

const routes = [
  {
    path: '/',
    element: (
      <Suspense>
        <IncidentDetail id={4} />
      </Suspense>
    ),
  },
];

function server(roles: string[], patch: (asked: Asked) => { status?: number; json?: unknown }) {
  const incident = {
    id: 4,
    kind: 'ATTEMPT',
    title: { ja: '遮断しました', en: 'Blocked' },
    severity: 'HIGH',
    state: 'NEW',
    terminal: 't-1',
    count: 1,
    firstAt: '2026-11-22T00:00:00Z',
    lastAt: '2026-11-22T00:00:00Z',
    notes: [],
    version: 3,
    events: [],
  };
  return fakeServer({
    'GET /session': { json: { operator: { id: '1', name: '佐藤' }, roles, grants: roles.map((role) => ({ role })), csrf: 'c', expiresAt: null } },
    'GET /incidents/4': { json: incident },
    'PATCH /incidents/4': patch,
  });
}

describe('an incident', () => {
  it('is taken by who looks at it, on the version that was seen', async () => {
    const asked = server(['responder'], () => ({ json: {} }));
    await renderAt('/', routes);
    await userEvent.click(await screen.findByRole('button', { name: '自分が担当する' }));
    await waitFor(() => expect(asked.some((one) => one.method === 'PATCH')).toBe(true));
    expect(asked.find((one) => one.method === 'PATCH')?.body).toEqual({
      owner: '佐藤',
      state: 'IN_PROGRESS',
      version: 3,
    });
  });

  it('that somebody else changed says so', async () => {
    server(['responder'], () => ({ status: 409, json: { status: 409, detail: 'now at version 4' } }));
    await renderAt('/', routes);
    await userEvent.click(await screen.findByRole('button', { name: '自分が担当する' }));
    expect(await screen.findByText(/その間にほかの人が変更しました/)).toBeDefined();
    expect(screen.getByText(/now at version 4/)).toBeDefined();
  });

  it('offers an auditor nothing to change', async () => {
    server(['auditor'], () => ({ json: {} }));
    await renderAt('/', routes);
    expect(await screen.findByText('あなたの役割では閲覧だけができます。')).toBeDefined();
    expect(screen.queryByRole('button', { name: '自分が担当する' })).toBeNull();
    expect(screen.queryByLabelText('新しいメモ')).toBeNull();
  });
});
