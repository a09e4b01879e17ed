import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { Suspense } from 'react';
import { describe, expect, it } from 'vitest';
import { fakeServer } from '../../test/fakeServer';
import { renderAt } from '../../test/render';
import { ProposalDetail } from './ProposalDetail';

const routes = [
  {
    path: '/',
    element: (
      <Suspense>
        <ProposalDetail id={12} />
      </Suspense>
    ),
  },
];

function server(role: string, mine: boolean, state = 'OPEN') {
  return fakeServer({
    'GET /session': { json: { operator: { id: '1', name: '佐藤' }, roles: [role], grants: [{ role }], csrf: 'c', expiresAt: null } },
    'GET /policy-proposals/12': {
      json: {
        id: 12, segment: 'MY_NUMBER', name: '標準', reason: '年末の作業', against: 7, state, proposedBy: '山田', mine,
        proposedAt: '2026-11-26T00:00:00Z', expiresAt: '2026-12-10T00:00:00Z', yaml: 'segment: my-number\n',
        pilot: { units: ['総務部/税務課'], terminals: [], groups: [] },
        changes: [{ rule: 'to-mail', direction: 'LOOSENS', message: { ja: '判定を弱めます', en: 'weaker' } }],
      },
    },
    'POST /policy-proposals/12/approval': { status: 201, json: { revision: 8 } },
    'POST /policy-proposals/12/refusal': { json: {} },
    'POST /policy-proposals/12/withdrawal': { json: {} },
  });
}

describe('a proposal', () => {
  it('is consented to by a second person, who sees what loosens and for whom', async () => {
    const asked = server('approver', false);
    const { container } = await renderAt('/', routes);
    expect(await screen.findByText('判定を弱めます')).toBeDefined();
    expect(screen.getByText('総務部/税務課 以下')).toBeDefined();
    const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(found.violations.map((violation) => violation.id)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: '同意して公開する' }));
    expect(asked.some((one) => one.method === 'POST')).toBe(false);
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(dialog.querySelector('footer button') ?? dialog);
    await waitFor(() => expect(asked.map((one) => `${one.method} ${one.path}`)).toContain('POST /policy-proposals/12/approval'));
  });

  it('is refused with a reason', async () => {
    const asked = server('administrator', false);
    await renderAt('/', routes);
    await userEvent.click(await screen.findByRole('button', { name: '却下する' }));
    const confirm = (await screen.findByRole('dialog')).querySelector('button[type=submit]');
    expect(confirm?.hasAttribute('disabled')).toBe(true);
    await userEvent.type(screen.getByRole('textbox'), '広すぎる');
    await userEvent.click(confirm ?? document.body);
    await waitFor(() => expect(asked.at(-1)?.method === 'GET' || asked.at(-1)?.method === 'POST').toBe(true));
    expect(asked.find((one) => one.path === '/policy-proposals/12/refusal')?.body).toEqual({ reason: '広すぎる' });
  });

  it('offers its author nothing but to take it back', async () => {
    server('administrator', true);
    await renderAt('/', routes);
    expect(await screen.findByRole('button', { name: '取り下げる' })).toBeDefined();
    expect(screen.getByText(/自分の提案には同意できません/)).toBeDefined();
    expect(screen.queryByRole('button', { name: '同意して公開する' })).toBeNull();
  });

  it('offers an auditor nothing to change, and nobody anything once it is outdated', async () => {
    server('auditor', false);
    await renderAt('/', routes);
    expect(await screen.findByText('あなたの役割では閲覧だけができます。')).toBeDefined();
    expect(screen.queryByRole('button', { name: '同意して公開する' })).toBeNull();
  });

  it('that is outdated can be read only', async () => {
    server('approver', false, 'STALE');
    await renderAt('/', routes);
    expect(await screen.findByText('古い提案')).toBeDefined();
    expect(screen.queryByRole('button', { name: '同意して公開する' })).toBeNull();
  });
});
