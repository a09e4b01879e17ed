/**
 * Help beside each page: `./LANGUAGE/PAGE.md`, where PAGE is the first part of the page's address (`/terminals/t-1` has
 * `terminals.md`). Bundled, and loaded when somebody asks for it. What the Markdown may use: see `Markdown`.
 */
const files = import.meta.glob<string>('./*/*.md', { query: '?raw', import: 'default' });

/** The page that an address belongs to; the start page is `overview`. */
export function helpPageOf(address: string): string {
  return address.split('/')[1] || 'overview';
}

/** Whether there is help on the page in the language. */
export function hasHelp(language: string, page: string): boolean {
  return `./${language}/${page}.md` in files;
}

/** The help's Markdown; what the page's feature can't promise (`PAGE-limits.md`) comes last. */
export async function loadHelp(language: string, page: string): Promise<string> {
  const load = files[`./${language}/${page}.md`];
  if (load === undefined) {
    throw new Error(`There is no help on ${page} in ${language}`);
  }
  const limits = files[`./${language}/${page}-limits.md`];
  return limits === undefined ? load() : `${await load()}\n${await limits()}`;
}
