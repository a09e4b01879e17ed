import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { routes } from '../app/router';
import { renderAt } from '../test/render';
import { PageFrame } from '../ui/PageFrame';
import { hasHelp, helpPageOf, loadHelp } from './helpPages';
import { parseBlocks, parseInline } from './parse';

const framed = routes.flatMap((route): { path?: string }[] => route.children ?? []);
const pages = [
  ...new Set(framed.flatMap(({ path }) => (path === undefined || path === '*' ? [] : [helpPageOf(path)]))),
];

describe('help', () => {
  it('is there for every page, in both languages, and says so first what it is about', async () => {
    expect(pages).toContain('terminals');
    for (const page of pages) {
      for (const language of ['ja', 'en']) {
        expect(hasHelp(language, page), `src/help/${language}/${page}.md`).toBe(true);
        expect(parseBlocks(await loadHelp(language, page))[0], `${language}/${page}`).toMatchObject({ kind: 'heading', level: 1 });
      }
    }
    expect(hasHelp('ja', 'no-such-page')).toBe(false);
  });

  it('ends with what a feature cannot promise, where that has a text of its own', async () => {
    for (const language of ['ja', 'en']) {
      expect((await loadHelp(language, 'media')).endsWith(await loadHelp(language, 'media-limits'))).toBe(true);
    }
  });

  it('leads only to pages of the console', async () => {
    for (const page of pages) {
      for (const language of ['ja', 'en']) {
        for (const [, to = ''] of (await loadHelp(language, page)).matchAll(/\]\(([^)]*)\)/gu)) {
          expect(pages, `${language}/${page}: ${to}`).toContain(helpPageOf(to));
        }
      }
    }
  });

  it('opens and closes by keyboard, and gives the focus back', async () => {
    await renderAt('/terminals', [{ path: '/terminals', element: <PageFrame title="端末" lead="-">-</PageFrame> }]);
    const button = screen.getByRole('button', { name: '「端末」のヘルプ' });
    button.focus();
    await userEvent.keyboard('{Enter}');
    const panel = screen.getByRole('complementary', { name: '「端末」のヘルプ' });
    await waitFor(() => expect(panel).toBe(document.activeElement));
    await waitFor(() => expect(panel.querySelector('h2')?.textContent).toBe('端末'));
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(document.activeElement).toBe(button);
  });
});

describe('help Markdown', () => {
  it('knows headings, paragraphs, lists, tables and code', () => {
    const text = '# A\n\n最初の\n行\nnext line\n\n- one\n  more\n- two\n\n1. first\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```\n# no heading\n```\n';
    expect(parseBlocks(text)).toEqual([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'paragraph', text: '最初の行 next line' },
      { kind: 'list', isOrdered: false, items: ['one more', 'two'] },
      { kind: 'list', isOrdered: true, items: ['first'] },
      { kind: 'table', head: ['a', 'b'], rows: [['1', '2']] },
      { kind: 'code', text: '# no heading' },
    ]);
  });

  it('makes links only within the console, and nothing of HTML', () => {
    expect(parseInline('**a** `b` [c](/events) [d](https://example.org) <b>e</b>')).toEqual([
      { kind: 'strong', text: 'a' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'b' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'c', to: '/events' },
      { kind: 'text', text: ' [d](https://example.org) <b>e</b>' },
    ]);
  });
});
