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
    openedAt: '2026-11-22T00:00:00Z',
    overdue: true,
    tags: ['年末'],
    links: [],
    notes: [],
    version: 3,
    events: [],
  };
  return fakeServer({
    'GET /session': { json: { operator: { id: '1', name: '佐藤' }, roles, grants: roles.map((role) => ({ role })), csrf: 'c', expiresAt: null } },
    'GET /incidents/4': { json: incident },
    'GET /incidents/4/timeline?minutes=30': {
      json: {
        from: '2026-11-21T23:30:00Z',
        to: '2026-11-22T00:30:00Z',
        truncated: false,
        items: [
          {
            at: '2026-11-21T23:58:00Z',
            relation: 'PERSON',
            terminal: 't-2',
            seq: 8,
            kind: 'ATTEMPT',
            channel: 'PRINT',
            verdict: 'ALLOW',
            labels: [{ label: 'my_number', count: 1, grade: 'low' }],
          },
          {
            at: '2026-11-22T00:00:00Z',
            relation: 'INCIDENT',
            terminal: 't-1',
            seq: 7,
            kind: 'ATTEMPT',
            channel: 'CLIPBOARD',
            verdict: 'BLOCK',
            reason: 'RULE_MATCHED',
            rule: 'no-numbers',
            labels: [],
            what: 'juki → mail',
          },
          {
            at: '2026-11-22T00:10:00Z',
            relation: 'DESK',
            kind: 'incident.update',
            labels: [],
            by: '佐藤',
          },
        ],
      },
    },
    'GET /incidents/4/similar': {
      json: { items: [{ incident: { ...incident, id: 9 }, why: ['NUMBER', 'PERSON'], numbers: 2 }], next: null },
    },
    'PUT /incidents/4/links/9': { json: incident },
    'PUT /incidents/4/report-clock': { json: incident },
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

  it('shows what happened around it, why it was decided so, and that there was no permit', async () => {
    server(['responder'], () => ({ json: {} }));
    await renderAt('/', routes);
    const timeline = await screen.findByRole('grid', { name: '前後の出来事' });
    expect(timeline.textContent).toContain('juki → mail');
    expect(timeline.textContent).toContain('ルールに一致');
    expect(timeline.textContent).toContain('許可なし');
    expect(timeline.textContent).toContain('同じ人');
    expect(timeline.textContent).toContain('インシデントを変更 · 佐藤');
    expect(screen.getByText('期限超過')).toBeDefined();
  });

  it('links with a similar one', async () => {
    const asked = server(['responder'], () => ({ json: {} }));
    await renderAt('/', routes);
    await screen.findByText(/同じ番号の指紋 \(指紋 2 個\)/);
    await userEvent.click(screen.getByRole('button', { name: '遮断しました（9）と結び付ける' }));
    await waitFor(() => expect(asked.some((one) => one.method === 'PUT' && one.path === '/incidents/4/links/9')).toBe(true));
  });

  it('is closed only with a finding', async () => {
    const asked = server(['responder'], () => ({ json: {} }));
    await renderAt('/', routes);
    await userEvent.click(await screen.findByRole('button', { name: '終了する' }));
    const confirm = screen.getAllByRole('button', { name: '終了する' }).at(-1) as HTMLButtonElement;
    await userEvent.type(screen.getByRole('textbox', { name: /結論の説明/ }), '誤操作');
    expect(confirm.disabled).toBe(true);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /結論の種類/ }), 'MISTAKE');
    await userEvent.click(confirm);
    await waitFor(() => expect(asked.some((one) => one.method === 'PATCH')).toBe(true));
    expect(asked.find((one) => one.method === 'PATCH')?.body).toEqual({
      state: 'CLOSED',
      finding: { kind: 'MISTAKE', text: '誤操作' },
      version: 3,
    });
  });

  it('takes tags, separated by a comma of either script', async () => {
    const asked = server(['responder'], () => ({ json: {} }));
    await renderAt('/', routes);
    await userEvent.click(await screen.findByRole('button', { name: 'タグを変える' }));
    await userEvent.type(screen.getByRole('textbox', { name: /タグ/ }), '、税務課, 年末');
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    await waitFor(() => expect(asked.some((one) => one.method === 'PATCH')).toBe(true));
    expect(asked.find((one) => one.method === 'PATCH')?.body).toEqual({ tags: ['年末', '税務課'], version: 3 });
  });

  it('gives its evidence to responders and auditors alone', async () => {
    server(['auditor'], () => ({ json: {} }));
    await renderAt('/', routes);
    const link = await screen.findByRole('link', { name: '証跡パックを取得' });
    expect(link.getAttribute('href')).toBe('/api/v1/incidents/4/evidence?language=ja');
  });

  it('offers an administrator no evidence', async () => {
    server(['administrator'], () => ({ json: {} }));
    await renderAt('/', routes);
    await screen.findByRole('button', { name: '自分が担当する' });
    expect(screen.queryByRole('link', { name: '証跡パックを取得' })).toBeNull();
  });

  it('starts the report clock from when a leak became known', async () => {
    const asked = server(['responder'], () => ({ json: {} }));
    await renderAt('/', routes);
    await userEvent.click(await screen.findByRole('button', { name: '漏えい等の疑いがある' }));
    await userEvent.click(screen.getByRole('checkbox', { name: /不正の目的/ }));
    await userEvent.type(screen.getByRole('textbox', { name: /本人の数/ }), '120');
    await userEvent.click(screen.getByRole('button', { name: '保存' }));
    await waitFor(() => expect(asked.some((one) => one.method === 'PUT')).toBe(true));
    expect(asked.find((one) => one.method === 'PUT')?.body).toMatchObject({ wrongful: true, people: 120, version: 3 });
  });
});
