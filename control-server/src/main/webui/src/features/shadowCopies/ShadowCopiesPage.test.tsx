import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { describe, expect, it } from 'vitest';
import { fakeServer } from '../../test/fakeServer';
import { renderAt } from '../../test/render';
import { ShadowCopiesPage } from './ShadowCopiesPage';

describe('the list of shadow copies', () => {
  it('is narrowed to a state', async () => {
    const copy = {
      id: 'c-1',
      terminal: 't-1',
      state: 'KEPT',
      orderedAt: '2026-11-22T00:00:00Z',
      bytes: 1_000,
      custodians: ['佐藤', '鈴木'],
      openings: [{ id: '7', reader: '佐藤', reason: 'x', state: 'ASKED', askedAt: '2026-11-22T00:00:00Z', lapsesAt: '2026-11-23T00:00:00Z' }],
    };
    fakeServer({
      'GET /session': { json: { operator: { id: '1', name: '佐藤' }, roles: [], grants: [], csrf: 'c', expiresAt: null } },
      'GET /terminals/t-1': { json: { id: 't-1', host: '税務課-01' } },
      'GET /shadow-copies?limit=100': { json: { items: [copy], next: null } },
      'GET /shadow-copies?state=FAILED&limit=100': { json: { items: [], next: null } },
    });
    await renderAt('/shadow-copies', [
      {
        path: '/shadow-copies/:id?',
        element: (
          <Suspense>
            <ShadowCopiesPage />
          </Suspense>
        ),
      },
    ]);
    expect(await screen.findByText('佐藤, 鈴木')).toBeTruthy();
    expect(screen.getByText('申請中 1 件')).toBeTruthy();
    await userEvent.selectOptions(screen.getByLabelText('状態'), 'FAILED');
    expect(await screen.findByText('当てはまる控えはありません')).toBeTruthy();
  });
});
