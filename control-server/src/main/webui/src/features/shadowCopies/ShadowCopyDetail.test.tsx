import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { describe, expect, it } from 'vitest';
import { fakeServer } from '../../test/fakeServer';
import { renderAt } from '../../test/render';
import { ShadowCopyDetail } from './ShadowCopyDetail';

const ID = '0123456789abcdef0123456789abcdef';
const OPENING = {
  id: '7',
  reader: '佐藤',
  reason: '調査のため',
  state: 'ASKED',
  askedAt: '2026-11-22T00:00:00Z',
  lapsesAt: '2026-11-23T00:00:00Z',
};

async function show(operator: string, copy: object = {}, role = 'responder') {
  const asked = fakeServer({
    'GET /session': {
      json: {
        operator: { id: '1', name: operator },
        roles: [role],
        grants: [{ role }],
        csrf: 'c',
        expiresAt: null,
      },
    },
    'GET /terminals/t-1': { json: { id: 't-1', host: '税務課-01' } },
    [`GET /shadow-copies/${ID}`]: {
      json: {
        id: ID,
        terminal: 't-1',
        seq: 9,
        state: 'KEPT',
        keptAt: '2026-11-22T00:00:00Z',
        expiresAt: '2027-02-20T00:00:00Z',
        bytes: 100_000,
        sha256: 'ab'.repeat(32),
        custodians: ['佐藤', '鈴木'],
        openings: [OPENING],
        ...copy,
      },
    },
    [`POST /shadow-copies/${ID}/openings`]: { status: 201, json: OPENING },
    [`POST /shadow-copies/${ID}/openings/7/refuse`]: { json: { ...OPENING, state: 'REFUSED' } },
  });
  const page = (
    <Suspense>
      <ShadowCopyDetail id={ID} />
    </Suspense>
  );
  await renderAt('/', [{ path: '/', element: page }]);
  await screen.findByText('調査のため');
  return asked;
}

const askButton = () => screen.getByRole<HTMLButtonElement>('button', { name: '開封を申請' });

describe('a shadow copy', () => {
  it('is of a file in an event', async () => {
    await show('田中');
    expect(screen.getByRole('link', { name: 'イベントを開く' }).getAttribute('href')).toBe('/events/t-1/9');
    expect(screen.getByText('100,000 バイト')).toBeTruthy();
    expect(screen.getByText('佐藤, 鈴木')).toBeTruthy();
  });

  it('is asked for by its custodians only', async () => {
    await show('田中');
    expect(askButton().disabled).toBe(true);
    expect(screen.getByText(/申請できるのは、この控えの保管者だけ/)).toBeTruthy();
    expect(screen.queryByLabelText('承認するコマンド')).toBeNull();
    expect(screen.queryByRole('button', { name: '却下' })).toBeNull();
  });

  it('is only looked at by an auditor, custodian or not', async () => {
    await show('鈴木', {}, 'auditor');
    expect(askButton().disabled).toBe(true);
    expect(screen.getByText(/監査者は/)).toBeTruthy();
    expect(screen.queryByLabelText('承認するコマンド')).toBeNull();
    expect(screen.queryByRole('button', { name: '却下' })).toBeNull();
  });

  it('is asked for with a reason', async () => {
    const asked = await show('鈴木');
    await userEvent.click(askButton());
    await userEvent.type(screen.getByRole('textbox', { name: /^理由/ }), '照会');
    await userEvent.click(screen.getAllByRole('button', { name: '開封を申請' }).at(-1) as HTMLElement);
    await waitFor(() =>
      expect(asked.find((one) => one.method === 'POST')).toMatchObject({ path: `/shadow-copies/${ID}/openings`, body: { reason: '照会' } }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('is approved in the shell by another custodian, who can also refuse', async () => {
    const asked = await show('鈴木');
    expect(screen.getByLabelText<HTMLInputElement>('承認するコマンド').value).toBe(
      `sekisho shadow-copies approve ${ID} 7 --key key.pem`,
    );
    expect(screen.getByText(/ブラウザーでは行いません/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '却下' }));
    await userEvent.type(screen.getByRole('textbox', { name: /^理由/ }), '根拠がない');
    await userEvent.click(screen.getAllByRole('button', { name: '却下' }).at(-1) as HTMLElement);
    await waitFor(() => expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ reason: '根拠がない' }));
  });

  it('is opened in the shell by its reader, once approved', async () => {
    await show('佐藤', { openings: [{ ...OPENING, state: 'APPROVED', approver: '鈴木' }] });
    expect(screen.getByLabelText<HTMLInputElement>('開封するコマンド').value).toContain(`open ${ID} 7 --key`);
    expect(screen.queryByRole('button', { name: '取り下げ' })).toBeNull();
  });

  it('can be given up by its reader', async () => {
    await show('佐藤');
    expect(screen.getByRole('button', { name: '取り下げ' })).toBeTruthy();
    expect(screen.queryByLabelText('承認するコマンド')).toBeNull();
  });

  it('can’t be opened when it is gone', async () => {
    await show('鈴木', { state: 'EXPIRED' });
    expect(askButton().disabled).toBe(true);
    expect(screen.getByText(/保管中の控えだけ/)).toBeTruthy();
    expect(screen.queryByLabelText('承認するコマンド')).toBeNull();
  });
});
