// Plays the console in a real Chromium against the stub server, takes pictures in both languages, light and dark, and lets
// axe-core look at every page. Usage: node browser/run.mjs [--root BUILT_CONSOLE] [--out FOLDER] [--only NAME]
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { accessibilityFindings, contrastFindings, openBrowser, pictureOfFailure } from './browser.mjs';
import { acts } from './acts.mjs';
import { eventActs } from './eventActs.mjs';
import { mediaActs } from './mediaActs.mjs';
import { pages } from './pages.mjs';
import { SESSION, startStub } from './stub.mjs';

const { values: options } = parseArgs({
  options: {
    root: { type: 'string', default: 'dist' },
    out: { type: 'string', default: 'target/screenshots' },
    only: { type: 'string', default: '' },
  },
});

/** As many as a small machine has processors: a page spends half its time waiting for the other side. */
const DESKS = 2;
const LANGUAGES = ['ja', 'en'];
const out = resolve(options.out);
await mkdir(out, { recursive: true });
const browser = await openBrowser();
let passed = 0;
const failures = [];

const tasks = [
  ...pages.flatMap((one) => LANGUAGES.map((language) => ({ name: `${one.name} ${language}`, work: (desk) => look(desk, one, language) }))),
  ...[...acts, ...eventActs, ...mediaActs].map((act) => ({ name: act.name, work: (desk) => play(desk, act) })),
].filter(({ name }) => options.only === '' || name.includes(options.only));

/** In the desk's own window of that language, signed in where the page is not for everybody. */
async function look(desk, one, language) {
  desk.windows[language] ??= await browser.openWindow({ language, theme: 'light' });
  const window = desk.windows[language];
  const { page } = window;
  desk.stub.reset();
  Object.assign(desk.stub.state, { scenario: one.scenario ?? 'full', role: one.role ?? 'administrator' });
  await (one.isPublic === true ? page.context().clearCookies() : signIn(page, desk));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(desk.stub.url + one.path);
  await one.ready(page, { language });
  assert.equal(await page.locator('html').getAttribute('lang'), language);
  await page.screenshot({ path: join(out, `${one.name}-${language}-light.png`), animations: 'disabled' });
  assert.deepEqual(await accessibilityFindings(page), [], 'axe-core');
  // The other theme is the same page in other colours.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html.pf-v6-theme-dark').waitFor();
  await page.screenshot({ path: join(out, `${one.name}-${language}-dark.png`), animations: 'disabled' });
  assert.deepEqual(await contrastFindings(page), [], 'axe-core in the dark');
  assert.deepEqual(window.complaints.splice(0), [], 'the browser complains');
}

/** In a window of its own. */
async function play(desk, act) {
  desk.stub.reset();
  const window = await browser.openWindow({ language: act.language ?? 'ja', theme: 'light' });
  try {
    if (act.isPublic !== true) {
      await signIn(window.page, desk);
    }
    await act.play({ page: window.page, stub: desk.stub, assert });
    assert.deepEqual(window.complaints, [], 'the browser complains');
  } catch (error) {
    await pictureOfFailure(window.page, join(out, `failed-${act.name.replaceAll(/\W+/g, '-')}.png`));
    throw error;
  } finally {
    await window.close();
  }
}

function signIn(page, { stub }) {
  return page.context().addCookies([{ ...SESSION, url: stub.url }]);
}

/** One thing after the other, until there is nothing left. */
async function work() {
  const desk = { stub: await startStub(resolve(options.root)), windows: {} };
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
    const start = performance.now();
    try {
      await task.work(desk);
      passed += 1;
      console.log(`ok   ${task.name} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      failures.push(task.name);
      console.log(`FAIL ${task.name}\n${error.message}`);
    }
  }
  await desk.stub.stop();
}

await Promise.all(Array.from({ length: DESKS }, work));
await browser.close();
console.log(`pictures in ${out}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
