// A real Chromium, and what every page must hold in it: no CSP violation, no script error, nothing that axe-core finds.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The path of a Chromium, from SEKISHO_CHROMIUM or the usual places. */
export function findChromium() {
  const found = [process.env.SEKISHO_CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path));
  if (found === undefined) {
    throw new Error(`No Chromium at ${PLACES.join(', ')}. Install the package chromium, or set SEKISHO_CHROMIUM to one.`);
  }
  return found;
}

/**
 * Starts a Chromium. `keys`: SHA-256 of public keys, base64, that a server may prove itself with although their authority is
 * unknown; a page that Chromium merely lets pass has no passkeys. `port`: where it listens for other tools, if for any.
 */
export async function openBrowser({ keys = [], port } = {}) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [
      ...FLAGS,
      ...(keys.length === 0 ? [] : [`--ignore-certificate-errors-spki-list=${keys.join(',')}`]),
      ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
    ],
  });
  return { openWindow: (look) => openWindow(browser, look), close: () => browser.close() };
}

/** A port that nobody listens on now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A window that knows nothing of the others; `complaints` collects what went wrong in any of its pages. */
async function openWindow(browser, { language, theme }) {
  const context = await browser.newContext({
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    timezoneId: 'Asia/Tokyo',
    colorScheme: theme,
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    // axe-core is put in by the test; what the console itself does is still held to the CSP.
    bypassCSP: false,
  });
  const complaints = [];
  context.on('weberror', (error) => complaints.push(`script error: ${error.error().message}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (violation) => {
      console.error(`CSP: ${violation.violatedDirective} ${violation.blockedURI} ${violation.sourceFile}:${violation.lineNumber}`);
    });
  });
  const page = await context.newPage();
  // A machine that also builds is slow; whoever waits in vain learns it soon enough.
  page.setDefaultTimeout(30_000);
  page.on('console', (message) => {
    // A refused request (401 before sign-in, a scenario's 404 or 500) is told by the browser as an error; it is no defect.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(`${new URL(page.url()).pathname}: ${message.text()}`);
    }
  });
  return { page, complaints, close: () => context.close() };
}

/** The public key that a server proves itself with by a certificate of this authority, as {@link openBrowser} takes it. */
export function provenKey(address, ca) {
  return new Promise((done, failed) => {
    const socket = connect({ host: address.hostname, port: Number(address.port), servername: address.hostname, ca }, () => {
      const key = socket.getPeerX509Certificate().publicKey.export({ type: 'spki', format: 'der' });
      socket.end();
      done(createHash('sha256').update(key).digest('base64'));
    });
    socket.on('error', failed);
  });
}

/** Gives the page an authenticator with a screen lock that its person always passes. */
export async function addAuthenticator(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    passkeys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    /** Whether its person passes the screen lock. */
    verify: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

/** A picture for whoever looks into a failure; false if the browser draws nothing any more. */
export async function pictureOfFailure(page, path) {
  try {
    await page.screenshot({ path, timeout: 20_000 });
    return true;
  } catch (error) {
    console.log(`no picture of ${page.url()}: ${error.message}`);
    return false;
  }
}

/** Everything that axe-core finds on the page (WCAG 2.2 AA and its best practices), in words. */
export function accessibilityFindings(page) {
  return findings(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
}

/** What of it depends on the colours alone. */
export function contrastFindings(page) {
  return findings(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
}

async function findings(page, runOnly) {
  // Transitions end first: axe would measure half-faded colours.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axeSource);
  }
  const results = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), runOnly);
  return results.violations.map(
    (violation) =>
      `${violation.id} (${violation.impact}): ${violation.help}\n` +
      violation.nodes.slice(0, 4).map((node) => `    ${node.target.join(' ')}\n      ${node.failureSummary.split('\n').slice(1, 3).join(' ')}`).join('\n'),
  );
}
