import type { ReportDraft, ReportItem } from '../../../api/model';

/** What somebody has typed and not saved yet, by item. */
export type Texts = Partial<Record<ReportItem, string>>;

/** What is to be kept in place of proposals: an item that was emptied, or put back, is proposed again. */
export function written(draft: ReportDraft, texts: Texts): { item: ReportItem; text: string }[] {
  return draft.items.flatMap(({ item, text, proposed, written: isWritten }) => {
    const typed = texts[item];
    const stands = (typed ?? text).trim();
    const isOwn = typed === undefined ? isWritten : stands !== '' && stands !== proposed.trim();
    return isOwn ? [{ item, text: stands }] : [];
  });
}

export function changed(draft: ReportDraft, texts: Texts): boolean {
  return draft.items.some(({ item, text }) => texts[item] !== undefined && texts[item] !== text);
}

/** To be pasted into the commission's form. */
export function plainText(draft: ReportDraft, texts: Texts): string {
  return [draft.title, ...draft.items.map(({ item, heading, text }) => `\n${heading}\n${texts[item] ?? text}`)].join('\n');
}
