// What people do with events, played through.
import { event } from './fixtures.mjs';

const sent = (stub, act) => stub.state.requests.filter((one) => one.act === act).map((one) => one.body);
const text = (page, exact) => page.getByText(exact, { exact: true });

export const eventActs = [
  {
    name: 'live events arrive, wait while paused, and survive a broken connection',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/events`);
      await text(page, 'ライブ').waitFor();
      stub.emit(event(5001, { occurredAt: new Date().toISOString(), masked: '届いたばかり' }));
      await page.getByText('届いたばかり').waitFor();
      await page.getByRole('button', { name: '一時停止' }).click();
      stub.emit(event(5002, { occurredAt: new Date().toISOString(), masked: '待っている' }));
      await page.getByRole('button', { name: '新しいイベント 1 件を表示' }).waitFor();
      assert.equal(await page.getByText('待っている').count(), 0);
      await page.getByRole('button', { name: '再開' }).click();
      await page.getByText('待っている').waitFor();
      stub.cut();
      stub.state.events.unshift(event(5003, { occurredAt: new Date().toISOString(), masked: '切れている間' }));
      await page.getByText('切れている間').waitFor();
      await text(page, 'ライブ').waitFor();
      stub.lag();
      await page.getByText(/一部を飛ばしました/).waitFor();
    },
  },
  {
    name: 'filters keep other live events out and stay in the address',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/events`);
      await text(page, 'ライブ').waitFor();
      await page.getByLabel('判定').selectOption('JUSTIFY');
      await page.waitForURL(/verdict=JUSTIFY/);
      await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
      stub.emit(event(5004, { occurredAt: new Date().toISOString(), masked: '遮断された方' }));
      stub.emit(event(5005, { occurredAt: new Date().toISOString(), verdict: 'JUSTIFY', masked: '理由を聞いた方' }));
      await page.getByText('理由を聞いた方').waitFor();
      assert.equal(await page.getByText('遮断された方').count(), 0);
    },
  },
  {
    name: 'events are narrowed by their histogram, kept by name, shown in other columns, and taken as a file',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/events?verdict=BLOCK`);
      await page.getByRole('button', { name: '保存した検索' }).click();
      await page.getByRole('menuitem', { name: 'いまの条件を保存' }).click();
      await page.locator('#search-name').fill('遮断');
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await page.locator('#search-name').waitFor({ state: 'detached' });
      const [saved] = sent(stub, 'POST /saved-searches');
      assert.deepEqual(saved, { name: '遮断', query: 'verdict=BLOCK', shared: false });
      await page.getByRole('button', { name: '列', exact: true }).click();
      await page.getByRole('menuitem', { name: '連鎖' }).click();
      await page.keyboard.press('Escape');
      await page.locator('th', { hasText: '連鎖' }).waitFor({ state: 'detached' });
      await page.reload();
      await page.locator('tbody tr').first().waitFor();
      assert.equal(await page.locator('th', { hasText: '連鎖' }).count(), 0);
      await page.getByRole('button', { name: 'ダウンロード' }).click();
      assert.match(await page.getByRole('menuitem', { name: /CSV/ }).getAttribute('href'), /download\?verdict=BLOCK&format=csv&language=ja/);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '表で見る' }).click();
      await page.getByRole('grid', { name: '件数の推移' }).getByRole('button').first().click();
      await page.waitForURL(/from=.*&to=/);
    },
  },
  {
    name: 'an event says why it was decided so',
    async play({ page, stub }) {
      await page.goto(`${stub.url}/events/t-7f3a01/4182`);
      await page.getByRole('button', { name: 'なぜこの判定になったか' }).click();
      await page.getByText(/最初に一致したルール「no-numbers-to-browser」/).waitFor();
    },
  },
  {
    name: 'of many events those in view are drawn, and nothing moves under who reads further down',
    async play({ page, stub, assert }) {
      const many = Array.from({ length: 150 }, (_event, index) => event(4000 - index, { masked: `${index + 1} 番目に新しい` }));
      stub.state.events = many;
      await page.goto(`${stub.url}/events`);
      await text(page, 'ライブ').waitFor();
      await text(page, '1 番目に新しい').waitFor();
      const table = page.locator('main table').last();
      assert.equal(await table.getAttribute('aria-rowcount'), '101');
      await text(page, '100 番目に新しい').waitFor({ state: 'detached' });
      assert.ok((await table.locator('tbody tr[aria-rowindex]').count()) <= 75, 'not all are drawn');

      await page.getByRole('button', { name: 'さらに古いイベントを読む' }).scrollIntoViewIfNeeded();
      const last = table.locator('tr[aria-rowindex="101"]');
      await last.waitFor();
      assert.match(await last.innerText(), /100 番目に新しい/);
      await text(page, '1 番目に新しい').waitFor({ state: 'detached' });
      const place = await last.boundingBox();
      stub.emit(event(5001, { occurredAt: new Date().toISOString(), masked: '届いたばかり' }));
      const waiting = page.getByRole('button', { name: '新しいイベント 1 件を表示' });
      await waiting.waitFor();
      assert.equal(await table.getAttribute('aria-rowcount'), '101');
      assert.deepEqual(await last.boundingBox(), place);

      await page.getByRole('button', { name: 'さらに古いイベントを読む' }).click();
      await table.and(page.locator('[aria-rowcount="151"]')).waitFor();
      // Not by the pointer: where the page still grows, it would be scrolled to reach the button, which goes at the top.
      await waiting.press('Enter');
      await text(page, '届いたばかり').waitFor();
      assert.equal(await table.getAttribute('aria-rowcount'), '152');
    },
  },
  {
    name: 'more events than are kept leave no hole: what is shown ends, and older ones are read in peace',
    async play({ page, stub, assert }) {
      await page.goto(`${stub.url}/events`);
      await text(page, 'ライブ').waitFor();
      await page.locator('tbody tr[aria-rowindex]').first().waitFor();
      for (let seq = 5001; seq <= 5600; seq += 1) {
        stub.emit(event(seq, { occurredAt: new Date(Date.now() + seq).toISOString() }));
      }
      const table = page.locator('main table').last();
      await table.and(page.locator('[aria-rowcount="501"]')).waitFor();
      await page.getByRole('button', { name: 'さらに古いイベントを読む' }).click();
      await text(page, '一時停止中').waitFor();
      await table.and(page.locator('[aria-rowcount="101"]')).waitFor();
      for (const rows of [201, 301, 401, 501, 601]) {
        await page.getByRole('button', { name: 'さらに古いイベントを読む' }).click();
        await table.and(page.locator(`[aria-rowcount="${rows}"]`)).waitFor();
      }
      await page.getByRole('button', { name: 'さらに古いイベントを読む' }).click();
      await page.getByRole('button', { name: 'さらに古いイベントを読む' }).waitFor({ state: 'detached' });
      assert.equal(await table.getAttribute('aria-rowcount'), String(stub.state.events.length + 1));
    },
  },
];
