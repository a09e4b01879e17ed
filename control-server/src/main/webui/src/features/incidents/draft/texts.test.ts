import { describe, expect, it } from 'vitest';
import type { ReportDraft } from '../../../api/model';
import { changed, plainText, written } from './texts';

const draft: ReportDraft = {
  incident: 4,
  stage: 'FINAL',
  title: '案',
  note: '',
  items: [
    { item: 'CAUSE', heading: '4. 原因', text: '【要記入】', proposed: '【要記入】', written: false, complete: false },
    { item: 'PUBLICATION', heading: '7. 公表', text: '公表しない', proposed: '【要記入】', written: true, complete: true },
  ],
  missing: 1,
  version: 2,
};

describe('what is kept of a draft', () => {
  it('is what somebody wrote, now or before', () => {
    expect(written(draft, {})).toEqual([{ item: 'PUBLICATION', text: '公表しない' }]);
    expect(written(draft, { CAUSE: ' 誤操作 ' })).toEqual([
      { item: 'CAUSE', text: '誤操作' },
      { item: 'PUBLICATION', text: '公表しない' },
    ]);
  });

  it('is no longer what was emptied or put back', () => {
    expect(written(draft, { PUBLICATION: '' })).toEqual([]);
    expect(written(draft, { PUBLICATION: '【要記入】' })).toEqual([]);
  });

  it('is changed only by another text', () => {
    expect(changed(draft, { CAUSE: '【要記入】' })).toBe(false);
    expect(changed(draft, { CAUSE: '誤操作' })).toBe(true);
  });

  it('is copied as it is typed', () => {
    expect(plainText(draft, { CAUSE: '誤操作' })).toBe('案\n\n4. 原因\n誤操作\n\n7. 公表\n公表しない');
  });
});
