import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { Suspense } from 'react';
import { describe, expect, it } from 'vitest';
import type { PolicyRevision } from '../../../api/model';
import { fakeServer } from '../../../test/fakeServer';
import { renderAt } from '../../../test/render';
import { StagePanel } from './StagePanel';

type Stage = NonNullable<PolicyRevision['stage']>;

function panel(state: Stage['state'], base: number | undefined = 7) {
  const stage: Stage = { state, pilot: { units: ['総務部'], terminals: [], groups: [] }, changedBy: '山田', changedAt: '2026-11-26T00:00:00Z', reason: '試す' };
  const policy = { segment: 'MY_NUMBER', revision: 8, current: true } as PolicyRevision;
  const element = (
    <Suspense>
      <StagePanel policy={policy} stage={stage} base={base} />
    </Suspense>
  );
  return renderAt('/', [{ path: '*', element }]);
}

function server(role = 'administrator') {
  return fakeServer({
    'GET /session': { json: { operator: { id: '1', name: '佐藤' }, roles: [role], grants: [{ role }], csrf: 'c', expiresAt: null } },
    'POST /policies/MY_NUMBER/8/stage': { json: { segment: 'MY_NUMBER', revision: 8 } },
    'POST /policies/MY_NUMBER/7/restoration': { status: 201, json: { segment: 'MY_NUMBER', revision: 9 } },
  });
}

describe('a staged roll-out', () => {
  it('goes on to all with a reason', async () => {
    const asked = server();
    const { container } = await panel('PILOT');
    await userEvent.click(await screen.findByRole('button', { name: '全端末に公開する' }));
    await userEvent.type(await screen.findByRole('textbox'), '問題なし');
    await userEvent.click((await screen.findByRole('dialog')).querySelector('button[type=submit]') ?? document.body);
    await waitFor(() =>
      expect(asked.find((one) => one.path === '/policies/MY_NUMBER/8/stage')?.body).toEqual({ state: 'ALL', reason: '問題なし' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(found.violations.map((violation) => violation.id)).toEqual([]);
  });

  it('goes back by publishing what everybody else runs, under a new number', async () => {
    const asked = server();
    const { router } = await panel('STOPPED');
    await userEvent.click(await screen.findByRole('button', { name: 'リビジョン 7 の内容に戻す' }));
    await userEvent.type(await screen.findByRole('textbox'), '業務が止まった');
    await userEvent.click((await screen.findByRole('dialog')).querySelector('button[type=submit]') ?? document.body);
    await waitFor(() => expect(router.state.location.pathname).toBe('/policies/my-number/9'));
    expect(asked.some((one) => one.path === '/policies/MY_NUMBER/7/restoration')).toBe(true);
  });

  it('has nothing to press once everybody has it, nor for who only reads', async () => {
    server();
    await panel('ALL');
    expect(await screen.findByText('全端末に公開済み')).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('has nothing to press for who only reads', async () => {
    server('auditor');
    await panel('PILOT');
    expect(await screen.findByText('一部の端末で試行中')).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
