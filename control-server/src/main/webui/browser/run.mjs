// Plays the console in a real Chromium against the stub server, takes pictures in both languages, light and dark, and lets
// axe-core look at every page. Usage: node browser/run.mjs [--root BUILT_CONSOLE] [--out FOLDER] [--only NAME]
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { accessibilityFindings, openWindow } from './browser.mjs';
import { acts } from './acts.mjs';
import { mediaActs } from './mediaActs.mjs';
import { pages } from './pages.mjs';
import { OPERATOR_TOKEN, startStub } from './stub.mjs';

const { values: options } = parseArgs({
  options: {
    root: { type: 'string', default: 'dist' },
    out: { type: 'string', default: 'target/screenshots' },
    only: { type: 'string', default: '' },
  },
});

const out = resolve(options.out);
await mkdir(out, { recursive: true });
const stub = await startStub(resolve(options.root));
let passed = 0;
const failures = [];

async function attempt(name, work) {
  if (options.only !== '' && !name.includes(options.only)) {
    return;
  }
  try {
    await work();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL ${name}\n${error.message}`);
  }
}

async function signIn(page) {
  await page.goto(`${stub.url}/sign-in`);
  await page.evaluate(
    (token) => fetch('/api/v1/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) }),
    OPERATOR_TOKEN,
  );
  await page.goto(stub.url);
  await page.locator('nav').waitFor();
}

try {
  for (const language of ['ja', 'en']) {
    for (const theme of ['light', 'dark']) {
      const window = await openWindow({ language, theme });
      stub.reset();
      let isSignedIn = false;
      for (const one of pages) {
        const name = `${one.name} ${language} ${theme}`;
        await attempt(name, async () => {
          Object.assign(stub.state, { scenario: one.scenario ?? 'full', role: one.role ?? 'administrator' });
          if (!one.isPublic && !isSignedIn) {
            await signIn(window.page);
            isSignedIn = true;
          }
          await window.page.goto(stub.url + one.path);
          await one.ready(window.page, { language });
          await window.page.screenshot({ path: join(out, `${one.name}-${language}-${theme}.png`), animations: 'disabled' });
          assert.equal(await window.page.locator('html').getAttribute('lang'), language);
          assert.deepEqual(await accessibilityFindings(window.page), [], 'axe-core');
          assert.deepEqual(window.complaints.splice(0), [], 'the browser complains');
        });
      }
      await window.close();
    }
  }
  for (const act of [...acts, ...mediaActs]) {
    await attempt(act.name, async () => {
      stub.reset();
      const window = await openWindow({ language: act.language ?? 'ja', theme: 'light' });
      try {
        if (act.isPublic !== true) {
          await signIn(window.page);
        }
        await act.play({ page: window.page, stub, assert });
        assert.deepEqual(window.complaints, [], 'the browser complains');
      } catch (error) {
        await window.page.screenshot({ path: join(out, `failed-${act.name.replaceAll(/\W+/g, '-')}.png`) });
        throw error;
      } finally {
        await window.close();
      }
    });
  }
} finally {
  await stub.stop();
}
console.log(`pictures in ${out}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
