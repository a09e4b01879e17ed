import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { fakeServer } from '../../test/fakeServer';
import { renderAt } from '../../test/render';
import { ExplanationPanel } from './ExplanationPanel';

const routes = [{ path: '/', element: <ExplanationPanel terminal="t-1" seq={7} /> }];

function explained(explanation: object) {
  return fakeServer({ 'GET /events/t-1/7/explanation': { json: explanation } });
}

describe('why it was decided so', () => {
  it('is told by the rules in order, without those of other channels', async () => {
    const asked = explained({
      revision: 7,
      same: true,
      verdict: 'BLOCK',
      rule: 'no-numbers',
      lifting: 'NONE_IN_FORCE',
      alone: 'BLOCK',
      rules: [
        { rule: 'usb', verdict: 'BLOCK', standing: 'OTHER_CHANNEL' },
        { rule: 'to-mail', verdict: 'BLOCK', standing: 'NO_MATCH', condition: 'clipboard.destination.paths' },
        { rule: 'no-numbers', description: '個人番号は出さない', verdict: 'BLOCK', standing: 'DECIDED' },
        { rule: 'all', verdict: 'AUDIT', standing: 'TOO_LATE' },
      ],
    });
    const { container } = await renderAt('/', routes);
    expect(asked).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'なぜこの判定になったか' }));
    expect(await screen.findByText(/最初に一致したルール「no-numbers」/)).toBeDefined();
    const items = within(screen.getByRole('list', { name: '上から順に見たルール' })).getAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      expect.stringContaining('合わなかった条件：clipboard.destination.paths'),
      expect.stringContaining('個人番号は出さない'),
      expect.stringContaining('先に決まった'),
    ]);
    expect(screen.getByText('ほかの経路のルール 1 件')).toBeDefined();
    expect(screen.getByText(/この操作に使える許可はありませんでした/)).toBeDefined();
    const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(found.violations.map((violation) => violation.id)).toEqual([]);
  });

  it('says that a permit lifted the rule, or that none can', async () => {
    explained({ revision: 7, same: true, verdict: 'AUDIT', rule: 'r', lifting: 'LIFTED', alone: 'BLOCK', permit: 'p-1', rules: [] });
    const { unmount } = await renderAt('/', routes);
    await userEvent.click(screen.getByRole('button', { name: 'なぜこの判定になったか' }));
    expect(await screen.findByText('持ち出し許可（p-1）が、このルールの「遮断」を解きました。')).toBeDefined();
    unmount();
    explained({ revision: 7, same: true, verdict: 'BLOCK', lifting: 'NOT_LIFTABLE', alone: 'BLOCK', rules: [] });
    await renderAt('/', routes);
    await userEvent.click(screen.getByRole('button', { name: 'なぜこの判定になったか' }));
    expect(await screen.findByText('この判定を解く持ち出し許可は出せません。')).toBeDefined();
  });

  it('says where something else than the policy made the difference', async () => {
    explained({ revision: 7, same: false, verdict: 'BLOCK', lifting: 'NOT_NEEDED', alone: 'BLOCK', rules: [] });
    await renderAt('/', routes);
    await userEvent.click(screen.getByRole('button', { name: 'なぜこの判定になったか' }));
    expect(await screen.findByText(/ルールどおりなら「遮断」です/)).toBeDefined();
    expect(screen.queryByText(/持ち出し許可/)).toBeNull();
    expect(screen.getByText(/既定の判定/)).toBeDefined();
  });

  it('says that there was no policy', async () => {
    explained({ revision: 0, same: true, verdict: 'BLOCK', lifting: 'NOT_LIFTABLE', alone: 'BLOCK', rules: [] });
    await renderAt('/', routes);
    await userEvent.click(screen.getByRole('button', { name: 'なぜこの判定になったか' }));
    expect(await screen.findByText(/ポリシーがなかったため/)).toBeDefined();
  });
});
