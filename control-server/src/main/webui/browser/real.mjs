// Plays the console against a real, freshly started server: set-up by the link, an enrolment token, the first policy.
// Usage: node browser/real.mjs --setup-link URL --ca FILE --sekisho COMMAND [--out FOLDER]
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { accessibilityFindings, addAuthenticator, openBrowser, pictureOfFailure, provenKey } from './browser.mjs';

const { values: options } = parseArgs({
  options: {
    'setup-link': { type: 'string' },
    out: { type: 'string', default: 'target/screenshots' },
    ca: { type: 'string' },
    sekisho: { type: 'string' },
  },
});
const link = new URL(options['setup-link']);
const out = resolve(options.out);
await mkdir(out, { recursive: true });

// The server's certificate is its own authority's, which a browser doesn't know. So the key is looked at here, by that
// authority's certificate, and Chromium takes that key and no other.
const browser = await openBrowser({ keys: [await provenKey(link, await readFile(options.ca))] });
const window = await browser.openWindow({ language: 'ja', theme: 'light' });
const { page } = window;
const authenticator = await addAuthenticator(page);
let passed = 0;

/** The operator's command asks to be let in; the person compares the code and agrees. */
async function letCommandIn(home) {
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, SEKISHO_SERVER: '', SEKISHO_TOKEN: '', SEKISHO_CA: '', LANG: 'C.UTF-8' };
  const login = spawn(options.sekisho, ['login', '--server', link.origin, '--ca', options.ca], { env });
  let said = '';
  const asked = new Promise((done, failed) => {
    login.on('error', failed);
    login.stderr.on('data', (chunk) => {
      said += chunk;
      const address = /https:\S+\/device\?code=(\S+)/.exec(said);
      if (address !== null) done({ address: address[0], code: address[1] });
    });
  });
  const ended = new Promise((done) => login.on('exit', done));
  const { address, code } = await Promise.race([asked, ended.then(() => Promise.reject(new Error(`sekisho login ended: ${said}`)))]);
  await page.goto(address);
  await page.getByText(code, { exact: true }).waitFor();
  await look('15-device');
  await page.getByRole('button', { name: '承認する' }).click();
  await page.getByText(/承認しました/).waitFor();
  assert.equal(await ended, 0, said);
  assert.equal((await stat(join(home, 'sekisho', 'profile.json'))).mode & 0o777, 0o600);
  return execFileSync(options.sekisho, ['whoami', '-o', 'json'], { env, encoding: 'utf8' });
}

async function signIn() {
  await page.getByRole('button', { name: 'パスキーでサインイン' }).click();
}

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
  await page.locator('#passkey-name').fill('机のパソコン');
  await look('01-setup');
  await page.getByRole('button', { name: 'パスキーを作り、管理者として登録' }).click();
  await page.getByText('まだ端末がありません').waitFor();
  await look('02-overview');
  await page.getByRole('link', { name: '端末', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '端末' }).waitFor();
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
  await page.getByRole('button', { name: '公開する', disabled: false }).waitFor();
  await look('05-editor');
  await page.getByRole('tab', { name: '違い' }).click();
  await look('06-changes');
  await page.getByRole('button', { name: 'YAML', exact: true }).click();
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
  await page.getByRole('button', { name: '公開する', disabled: false }).click();
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
  assert.equal(await page.locator('#token').count(), 0, 'tokens are for scripts');
  await look('11-sign-in');
  await signIn();
  await page.getByRole('heading', { level: 1, name: '端末' }).waitFor();
  passed += 1;
  console.log('ok   sign out and in again by the passkey');

  await page.goto(`${link.origin}/operators`);
  await page.getByRole('button', { name: '招待する' }).click();
  await page.getByRole('textbox', { name: '名前' }).fill('佐々木 玲');
  await page.getByLabel('役割 1 の範囲（所属）').fill('総務部/税務課');
  await page.getByRole('button', { name: '招待リンクを作る' }).click();
  const invitation = await page.getByRole('textbox', { name: '招待リンク' }).inputValue();
  await page.getByRole('dialog').getByText('閉じる', { exact: true }).click();
  await look('12-operators');
  await page.goto(`${link.origin}/account`);
  await page.getByText('机のパソコン', { exact: true }).waitFor();
  await look('13-account');

  const home = await mkdtemp(join(tmpdir(), 'sekisho-login-'));
  try {
    const who = JSON.parse(await letCommandIn(home));
    assert.equal(who.operator.name, '情報システム課 山田花子');
    assert.deepEqual(who.roles, ['administrator']);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
  passed += 1;
  console.log('ok   a command is let in at the console');

  await page.context().clearCookies();
  await page.goto(invitation);
  await page.locator('#passkey-name').fill('税務課のパソコン');
  await look('14-invitation');
  await page.getByRole('button', { name: 'パスキーを作る' }).click();
  await page.getByText('まだ端末がありません').waitFor();
  await page.goto(`${link.origin}/policies`);
  await page.getByRole('link', { name: '内容を見る' }).first().waitFor();
  assert.equal(await page.getByRole('link', { name: '編集する' }).count(), 0, 'a responder changes no policy');
  assert.equal((await authenticator.passkeys()).length, 2);
  passed += 1;
  console.log('ok   the invited responder is in and changes no policy');
  console.log(`${passed} passed, 0 failed`);
} catch (error) {
  await pictureOfFailure(page, join(out, 'real-failed.png'));
  console.log(`FAIL at ${page.url()}\n${error.message}\n${window.complaints.join('\n')}`);
  console.log(`${passed} passed, 1 failed`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
