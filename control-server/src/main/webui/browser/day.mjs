// Plays a day on a real, freshly started server with a real agent on a real display: set-up by passkey, colleagues invited, a
// terminal enrolled, a rule written in the form, tried, published and seen enforced, a copy stopped, its incident taken and
// proven offline, a loosening that waits for the second administrator, an auditor who changes nothing.
// Usage: node browser/day.mjs --setup-link URL --ca FILE --sekisho COMMAND --agent COMMAND [--out FOLDER]
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { accessibilityFindings, freePort, openBrowser, pictureOfFailure, provenKey } from './browser.mjs';
import { copy, pasted, startAgent } from './desk.mjs';
import { lighthouseFindings } from './lighthouse.mjs';
import { becomeAdministrator, sitDown } from './people.mjs';

const { values: options } = parseArgs({
  options: {
    'setup-link': { type: 'string' },
    out: { type: 'string', default: 'target/screenshots' },
    ca: { type: 'string' },
    sekisho: { type: 'string' },
    agent: { type: 'string' },
  },
});
const link = new URL(options['setup-link']);
const out = resolve(options.out);
await mkdir(out, { recursive: true });
/** A published test vector, nobody's number. */
const NUMBER = '個人番号 1234-5678-9018';
/**
 * The exit status where the browser itself has stopped drawing and the server goes on answering, as EX_TEMPFAIL of sysexits.h:
 * Chromium does that once in a great while, and the day says nothing then.
 */
const BROWSER_STANDS_STILL = 75;
const JSON_TYPE = 'application/json';
const RULE = 'no-number-is-copied';
/** What an auditor may ask for although it changes something: their own things, and reports; or changes nothing at all. */
const NO_CHANGE = /^\/api\/v1\/(account|session|sign-in|setup|device|enrolment|invitations\/acceptance|saved-searches|reports|policies\/(check|diff|simulate))(\/|$)/;
const scratch = await mkdtemp(join(tmpdir(), 'sekisho-day-'));
const port = await freePort();
const browser = await openBrowser({ port, keys: [await provenKey(link, await readFile(options.ca))] });
const windows = [];
let agent;
let passed = 0;

async function person() {
  const window = await sitDown(browser);
  windows.push(window);
  // A new terminal's first minute takes longer than a page does.
  window.page.setDefaultTimeout(60_000);
  return window.page;
}

function done(act) {
  passed += 1;
  console.log(`ok   ${act} (${Math.round(performance.now() / 1_000)} s)`);
}

/** Whether the server has the console for others than the browser. */
async function answers() {
  const ca = await readFile(options.ca);
  const status = await new Promise((told) => {
    get(`${link.origin}/operators`, { ca, timeout: 20_000 }, (response) => told(response.resume().statusCode))
      .on('timeout', () => told('nothing in time'))
      .on('error', (error) => told(error.message));
  });
  console.log(`the server answers another client: ${status}`);
  return status === 200;
}

async function invite(admin, name, role) {
  await admin.goto(`${link.origin}/operators`);
  await admin.getByRole('button', { name: '招待する' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '名前' }).fill(name);
  await dialog.getByLabel('役割 1', { exact: true }).selectOption(role);
  await dialog.getByRole('button', { name: '招待リンクを作る' }).click();
  const invitation = await admin.getByRole('textbox', { name: '招待リンク' }).inputValue();
  const page = await person();
  await page.goto(invitation);
  await page.locator('#passkey-name').fill(`${name}のパソコン`);
  await page.getByRole('button', { name: 'パスキーを作る' }).click();
  await page.getByRole('heading', { level: 1, name: '概況' }).waitFor();
  done(`${name} is invited as ${role}`);
  return page;
}

/** Sends what the editor has with a reason; a loosening is only a proposal. */
async function send(page, act, reason) {
  await page.getByRole('button', { name: act }).click();
  await page.getByRole('textbox', { name: /公開の理由/ }).fill(reason);
  await page.getByRole('dialog').getByRole('button', { name: act }).click();
}

async function publish(page, revision, reason) {
  await send(page, '公開する', reason);
  await page.getByText(`リビジョン ${revision} を公開しました`).waitFor();
}

const enforced = (page) => page.locator('tbody tr', { hasText: hostname() }).getByText('適用済み').waitFor();
const field = (page, path) => page.locator(`[id="field-${path}"]`);
const arrived = (page, verdict) => page.locator('tbody tr', { hasText: '個人番号' }).filter({ hasText: verdict }).first();

/** Asks the server past the console, as the person who is signed in; the answers' statuses. */
function ask(page, acts) {
  return page.evaluate(async (all) => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const statuses = [];
    for (const { method, path, type } of all) {
      const headers = { 'Content-Type': type, 'X-Sekisho-Csrf': csrf };
      statuses.push((await fetch(path, { method, headers, body: '{}' })).status);
    }
    return statuses;
  }, acts);
}

/** Every published operation that changes what others see. */
async function changes() {
  const { paths } = JSON.parse(await readFile(new URL('../src/api/openapi.json', import.meta.url), 'utf8'));
  return Object.entries(paths)
    .filter(([path]) => !NO_CHANGE.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        path: path.replaceAll(/\{\w+\}/g, '1'),
        type: Object.keys(requestBody?.content ?? {})[0] ?? JSON_TYPE,
      })),
    )
    .filter(({ method }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method));
}

async function beginByRecording(admin) {
  await admin.goto(`${link.origin}/policies/my-number`);
  await admin.getByRole('button', { name: /個人番号・運転免許証番号・住民票コード/ }).click();
  await field(admin, 'rules[3].verdict').selectOption('audit');
  await publish(admin, 1, 'まず記録だけで始める');
  done('the first policy only records copies of numbers');

  await admin.goto(`${link.origin}/enrolment-tokens`);
  await admin.getByRole('button', { name: 'トークンを作る' }).first().click();
  await admin.getByRole('dialog').getByRole('button', { name: 'トークンを作る' }).click();
  const token = await admin.getByRole('textbox', { name: '登録トークン' }).inputValue();
  agent = startAgent({ command: options.agent, server: link.origin, token, log: join(out, 'day-agent.log') });
  await admin.goto(`${link.origin}/policies/my-number/1`);
  await enforced(admin);
  done('a real agent is enrolled and enforces it');
}

async function seeACopy(responder) {
  await responder.goto(`${link.origin}/events`);
  await responder.getByText('ライブ', { exact: true }).waitFor();
  await copy(NUMBER);
  assert.equal(await pasted(), NUMBER, 'recorded only');
  await arrived(responder, '記録').waitFor();
  done('a copy goes through and is a live event');
}

async function writeARule(admin) {
  await admin.goto(`${link.origin}/policies/my-number`);
  await admin.getByRole('button', { name: 'media-registered-encrypted の下に加える' }).click();
  await field(admin, 'rules[3].id').fill(RULE);
  await field(admin, 'rules[3].description').fill('個人番号の貼り付けを止める');
  await field(admin, 'rules[3].channel').selectOption('clipboard');
  await admin.getByRole('button', { name: /^何が含まれているとき/ }).click();
  await admin.getByRole('button', { name: '含まれる番号を加える' }).click();
  await field(admin, 'rules[3].severity').selectOption('critical');
  await field(admin, 'rules[3].notice.ja').fill('個人番号は貼り付けられません。');
  await admin.getByRole('tab', { name: '試す' }).click();
  await admin.getByRole('button', { name: '試してみる' }).click();
  await admin.getByText(/新たに止まるのは [1-9]\d* 件、新たに許されるのは 0 件/).waitFor();
  assert.deepEqual(await accessibilityFindings(admin), [], 'axe-core on the form');
  await admin.screenshot({ path: join(out, 'day-rule-tried.png'), animations: 'disabled' });
  await publish(admin, 2, '試行の結果を見て止める');
  await enforced(admin);
  done('a rule is written in the form, tried on that copy, published by one administrator, and enforced');
}

/** The incident's path. */
async function seeItStopped(responder) {
  await copy(NUMBER);
  assert.equal(await pasted(), '', 'stopped at the paste');
  await arrived(responder, '遮断').getByRole('button').click();
  await responder.getByRole('button', { name: 'なぜこの判定になったか' }).click();
  await responder.getByText(new RegExp(`最初に一致したルール「${RULE}」`)).waitFor();
  done('a copy is stopped, is a live event, and says by which rule');

  await responder.goto(`${link.origin}/incidents`);
  await responder.locator('tbody tr', { hasText: '最高' }).getByRole('button').click();
  await responder.getByRole('button', { name: '自分が担当する' }).click();
  await responder.locator('.pf-v6-c-drawer__panel dl').getByText('対応中').first().waitFor();
  const [download] = await Promise.all([
    responder.waitForEvent('download'),
    responder.locator('a[href*="/evidence"]').first().click(),
  ]);
  const pack = join(scratch, 'pack.zip');
  await download.saveAs(pack);
  // With no server and no settings: what is in the pack must do.
  const offline = { PATH: process.env.PATH, HOME: scratch, LANG: 'C.UTF-8', JAVA_HOME: process.env.JAVA_HOME ?? '' };
  execFileSync(options.sekisho, ['verify-evidence', pack], { env: offline, encoding: 'utf8' });
  done('its incident is taken, and its evidence is proven offline');
  return new URL(responder.url()).pathname;
}

/** The proposal's path. */
async function loosen(admin, second) {
  await admin.goto(`${link.origin}/policies/my-number`);
  await admin.getByRole('button', { name: /個人番号の貼り付けを止める/ }).click();
  await field(admin, 'rules[3].verdict').selectOption('audit');
  await send(admin, '提案する', '業務の都合');
  await admin.waitForURL(/\/proposals\/\d+/);
  await admin.getByText(/自分の提案には同意できません/).waitFor();
  const { pathname } = new URL(admin.url());
  const approval = `/api/v1/policy-proposals/${pathname.split('/').at(-1)}/approval`;
  assert.deepEqual(await ask(admin, [{ method: 'POST', path: approval, type: JSON_TYPE }]), [403], 'nobody consents to their own');
  await copy(NUMBER);
  assert.equal(await pasted(), '', 'still stopped');
  await second.goto(link.origin + pathname);
  await second.getByRole('button', { name: '同意して公開する' }).click();
  await second.getByRole('dialog').getByRole('button', { name: '同意して公開する' }).click();
  await second.locator('.pf-v6-c-drawer__panel').getByText('公開済み', { exact: true }).waitFor();
  await second.goto(`${link.origin}/policies/my-number/3`);
  await enforced(second);
  await copy(NUMBER);
  assert.equal(await pasted(), NUMBER, 'recorded only, as two have agreed');
  done('a loosening waits for the second administrator');
  return pathname;
}

async function audit(auditor, incident) {
  await auditor.goto(`${link.origin}/policies`);
  await auditor.getByRole('link', { name: '内容を見る' }).first().waitFor();
  assert.equal(await auditor.getByRole('link', { name: '編集する' }).count(), 0);
  await auditor.goto(link.origin + incident);
  await auditor.locator('.pf-v6-c-drawer__panel h2').waitFor();
  assert.equal(await auditor.getByRole('button', { name: '自分が担当する' }).count(), 0);
  const acts = await changes();
  const statuses = await ask(auditor, acts);
  assert.deepEqual(acts.filter((_act, index) => statuses[index] !== 403), [], 'an auditor is refused every change');
  done(`the auditor sees all of it and is refused each of ${acts.length} changes`);
}

async function takePictures(admin, views) {
  for (const language of ['ja', 'en']) {
    await admin.evaluate((chosen) => localStorage.setItem('sekisho.language', chosen), language);
    for (const [name, path] of Object.entries(views)) {
      await admin.goto(link.origin + path);
      await admin.locator('main tbody tr, main .sk-rule, main .sk-plot svg').first().waitFor();
      assert.equal(await admin.locator('html').getAttribute('lang'), language);
      for (const theme of ['light', 'dark']) {
        await admin.emulateMedia({ colorScheme: theme });
        await admin.screenshot({ path: join(out, `day-${name}-${language}-${theme}.png`), animations: 'disabled' });
      }
    }
  }
  done('pictures in both languages, light and dark');
}

async function score(admin, paths) {
  const cookies = await admin.context().cookies();
  for (const path of paths) {
    assert.deepEqual(await lighthouseFindings({ port, url: link.origin + path, cookies }), [], `Lighthouse on ${path}`);
  }
  done(`Lighthouse finds ${paths.length} pages accessible and well made`);
}

try {
  const admin = await person();
  await becomeAdministrator(admin, link);
  done('the first administrator is set up by a passkey');
  const responder = await invite(admin, '佐々木 玲', 'responder');
  const auditor = await invite(admin, '監査室 鈴木', 'auditor');
  const second = await invite(admin, '伊藤 忍', 'administrator');
  await beginByRecording(admin);
  await seeACopy(responder);
  await writeARule(admin);
  const incident = await seeItStopped(responder);
  const proposal = await loosen(admin, second);
  await audit(auditor, incident);
  await takePictures(admin, { overview: '/', terminals: '/terminals', events: '/events', incident, policy: '/policies/my-number', rollout: '/policies/my-number/3', proposal });
  await score(admin, ['/', '/events', incident, '/policies/my-number']);
  assert.deepEqual(windows.flatMap((window) => window.complaints), [], 'the browser complains');
  console.log(`${passed} passed, 0 failed`);
} catch (error) {
  console.log(`FAIL ${error.message}`);
  let draws = true;
  for (const [index, window] of windows.entries()) {
    draws = (await pictureOfFailure(window.page, join(out, `day-failed-${index}.png`))) && draws;
    console.log(`window ${index} at ${window.page.url()}\n${window.complaints.join('\n')}`);
  }
  console.log(`${passed} passed, 1 failed`);
  process.exitCode = draws || !(await answers()) ? 1 : BROWSER_STANDS_STILL;
} finally {
  await browser.close();
  await agent?.stop();
  await rm(scratch, { recursive: true, force: true });
}
