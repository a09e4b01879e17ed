// What Lighthouse says of a page in a Chromium that listens for it.
import lighthouse from 'lighthouse';

/** Out of 100, in each category that is about how a page is made. */
const LEAST = 95;
const CATEGORIES = ['accessibility', 'best-practices'];

/** Looks at a page as the bearer of these cookies. Answers what is not good enough, in words. */
export async function lighthouseFindings({ port, url, cookies }) {
  const { lhr } = await lighthouse(url, {
    port,
    logLevel: 'error',
    onlyCategories: CATEGORIES,
    extraHeaders: { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
    formFactor: 'desktop',
    screenEmulation: { disabled: true },
    // As it is here: how fast a page is has its own benchmark.
    throttlingMethod: 'provided',
    disableStorageReset: true,
    disableFullPageScreenshot: true,
    // A live page never becomes quite still; after a second without a new request it has what it shows.
    networkQuietThresholdMs: 1_000,
    cpuQuietThresholdMs: 1_000,
  });
  if (lhr.runtimeError !== undefined || lhr.finalDisplayedUrl !== url) {
    return [`Lighthouse came to ${lhr.finalDisplayedUrl} instead of ${url}: ${lhr.runtimeError?.message ?? 'led there'}`];
  }
  return Object.values(lhr.categories)
    .filter(({ score }) => score === null || score * 100 < LEAST)
    .map(({ id, score, auditRefs }) => {
      const failed = auditRefs.filter((audit) => audit.weight > 0 && lhr.audits[audit.id].score === 0);
      return `${id} ${score === null ? 'not measured' : Math.round(score * 100)}: ${failed.map((audit) => lhr.audits[audit.id].title).join('; ')}`;
    });
}
