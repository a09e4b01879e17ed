// Plays the console against a real, freshly started server: set-up by the link, an enrolment token, the first policy.
// Usage: node browser/real.mjs --setup-link URL [--out FOLDER] [--token-file FILE]
// The token file receives the first administrator's token (mode 0600), for whoever goes on from there.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { accessibilityFindings, openWindow } from './browser.mjs';

const { values: options } = parseArgs({
  options: {
    'setup-link': { type: 'string' },
    out: { type: 'string', default: 'target/screenshots' },
    'token-file': { type: 'string' },
  },
});
const link = new URL(options['setup-link']);
const out = resolve(options.out);
await mkdir(out, { recursive: true });

// The server's certificate is its own authority's, which a browser doesn't know; the CLI's tests are about that trust.
const window = await openWindow({ language: 'ja', theme: 'light', caIgnored: true });
const { page } = window;
let passed = 0;

async function look(name) {
  await page.screenshot({ path: join(out, `real-${name}.png`), animations: 'disabled' });
  assert.deepEqual(await accessibilityFindings(page), [], `axe-core on ${name}`);
  assert.deepEqual(window.complaints.splice(0), [], `the browser complains on ${name}`);
  passed += 1;
  console.log(`ok   ${name}`);
}

try {
  await page.goto(link.href);
  await page.locator('#name').fill('情報システム課 山田花子');
  await look('01-setup');
  await page.getByRole('button', { name: '管理者として登録' }).click();
  const token = await page.getByRole('textbox', { name: '運用者トークン' }).inputValue();
  assert.ok(token.length >= 32, 'an operator token of some length');
  if (options['token-file'] !== undefined) {
    await writeFile(options['token-file'], token, { mode: 0o600 });
  }
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'コンソールに進む' }).click();
  await page.getByText('まだ端末がありません').waitFor();
  await look('02-terminals');

  await page.goto(`${link.origin}/enrolment-tokens`);
  await page.getByRole('button', { name: 'トークンを作る' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'トークンを作る' }).click();
  assert.match(await page.getByRole('textbox', { name: '登録トークン' }).inputValue(), /^skt1\./);
  await page.getByRole('dialog').getByText('閉じる', { exact: true }).click();
  await page.locator('tbody tr').first().waitFor();
  await look('03-tokens');

  await page.goto(`${link.origin}/policies`);
  await page.getByRole('link', { name: 'ひな形から作る' }).first().waitFor();
  await look('04-policies');
  await page.getByRole('link', { name: 'ひな形から作る' }).first().click();
  await page.getByRole('button', { name: '公開する' }).waitFor();
  await page.getByText(/警告 \d+ 件|注記 \d+ 件|誤りも警告もありません/).first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('button')].some((one) => one.textContent === '公開する' && !one.disabled));
  await look('05-editor');
  await page.getByRole('tab', { name: '違い' }).click();
  await look('06-changes');
  const editor = page.getByRole('textbox', { name: 'ポリシーの本文（YAML）' });
  await editor.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('veredict: block\n');
  await page.getByText(/誤り \d+ 件/).waitFor();
  await look('07-findings');
  // What is typed quickly is undone in steps; one too many changes nothing.
  for (let steps = 0; steps < 5; steps += 1) {
    await page.keyboard.press('Control+z');
  }
  await page.getByText(/誤り \d+ 件/).waitFor({ state: 'detached' });
  await page.waitForFunction(() => [...document.querySelectorAll('button')].some((one) => one.textContent === '公開する' && !one.disabled));
  await page.getByRole('button', { name: '公開する' }).click();
  await page.getByRole('textbox', { name: /公開の理由/ }).fill('初回の公開');
  await page.getByRole('dialog').getByRole('button', { name: '公開する' }).click();
  await page.getByText('リビジョン 1 を公開しました').waitFor();
  await look('08-published');

  await page.goto(`${link.origin}/events`);
  await page.getByText('ライブ', { exact: true }).waitFor();
  await look('09-events');
  await page.goto(`${link.origin}/incidents`);
  await page.getByText('インシデントはありません').waitFor();
  await look('10-incidents');

  await page.getByRole('button', { name: /利用者メニュー/ }).click();
  await page.getByRole('menuitem', { name: 'サインアウト' }).click();
  await page.getByText('サインアウトしました。').waitFor();
  await page.goto(`${link.origin}/terminals`);
  await page.waitForURL(/\/sign-in/);
  await page.locator('#token').fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '端末' }).waitFor();
  passed += 1;
  console.log('ok   sign out and in again');
  console.log(`${passed} passed, 0 failed`);
} catch (error) {
  await page.screenshot({ path: join(out, 'real-failed.png') });
  console.log(`FAIL at ${page.url()}\n${error.message}\n${window.complaints.join('\n')}`);
  console.log(`${passed} passed, 1 failed`);
  process.exitCode = 1;
} finally {
  await window.close();
}
