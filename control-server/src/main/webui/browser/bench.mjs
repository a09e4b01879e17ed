// Measures a real server's pages under the load that it has: when each is ready, and how long its frames take from then on.
// Writes one JSON document. Usage: node browser/bench.mjs --setup-link URL --ca FILE
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openBrowser, provenKey } from './browser.mjs';
import { becomeAdministrator, sitDown } from './people.mjs';

const { values: options } = parseArgs({ options: { 'setup-link': { type: 'string' }, ca: { type: 'string' } } });
const ROUNDS = 5;
const WATCHED_MS = 20_000;
/** What each page is for; a live page also says that it is. */
const PAGES = {
  overview: { path: '/', shows: 'main .sk-plot svg' },
  terminals: { path: '/terminals', shows: 'main tbody tr' },
  terminal: { path: '/terminals/past-777', shows: '.pf-v6-c-drawer__panel h2' },
  events: { path: '/events', shows: 'main tbody tr' },
};
const link = new URL(options['setup-link']);
const browser = await openBrowser({ keys: [await provenKey(link, await readFile(options.ca))] });

/** Milliseconds from the start of navigation to the first frame with what the page is for. */
function ready(page, shows) {
  return page.evaluate(
    (selector) =>
      new Promise((done) => {
        const look = () => {
          if (document.querySelector(selector) === null) {
            return false;
          }
          // The next frame draws it, and the one after that comes when it has been drawn.
          requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
          return true;
        };
        if (!look()) {
          const observer = new MutationObserver(() => look() && observer.disconnect());
          observer.observe(document, { childList: true, subtree: true });
        }
      }),
    shows,
  );
}

/** Counts the page's frames for a while: how many, and the longest time from one to the next. */
function watch(page) {
  return page.evaluate(
    (milliseconds) =>
      new Promise((done) => {
        const start = performance.now();
        let before = start;
        let frames = 0;
        let longestFrame = 0;
        const frame = () => {
          const now = performance.now();
          longestFrame = Math.max(longestFrame, now - before);
          before = now;
          frames += 1;
          if (now - start < milliseconds) {
            requestAnimationFrame(frame);
          } else {
            done({ frames, longestFrame });
          }
        };
        requestAnimationFrame(frame);
      }),
    WATCHED_MS,
  );
}

/** On a page that takes nothing from a cache, as the person who is signed in. */
async function opened(context, { path, shows }, then) {
  const page = await context.newPage();
  try {
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.goto(link.origin + path, { waitUntil: 'commit' });
    const at = await ready(page, shows);
    return { at, ...(await then(page)) };
  } finally {
    await page.close();
  }
}

const nothing = () => Promise.resolve({});
try {
  const { page } = await sitDown(browser);
  await becomeAdministrator(page, link);
  const context = page.context();
  await page.close();
  const measured = {};
  for (const [name, what] of Object.entries(PAGES)) {
    await opened(context, what, nothing);
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push((await opened(context, what, nothing)).at);
    }
    const { frames, longestFrame } = await opened(context, what, watch);
    measured[name] = { ready: times, frames, longestFrame };
  }
  console.log(JSON.stringify(measured));
} finally {
  await browser.close();
}
