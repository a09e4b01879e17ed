import { Label } from '@patternfly/react-core';
import { ArrowsAltHIcon, LockIcon, LockOpenIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import type { Change } from '../../api/model';
import { useBilingual, useWord } from '../../ui/words';

const LOOKS = {
  LOOSENS: { color: 'orange', icon: <LockOpenIcon /> },
  TIGHTENS: { color: 'green', icon: <LockIcon /> },
  NEUTRAL: { color: 'grey', icon: <ArrowsAltHIcon /> },
} as const;

/** What loosens must be seen first. */
const ORDER = ['LOOSENS', 'TIGHTENS', 'NEUTRAL'] as const;

/** What a draft changes, each change with its direction. */
export function ChangeList({ against, changes }: { against: number | null; changes: readonly Change[] }) {
  const { t } = useTranslation();
  const word = useWord();
  const inWords = useBilingual();
  const number = (direction: Change['direction']) => changes.filter((change) => change.direction === direction).length;
  return (
    <div className="sk-stack sk-tab">
      <p className="sk-subtle">
        {against === null ? t('policies.changesNew') : t('policies.changesAgainst', { revision: against })}
      </p>
      {changes.length === 0 ? (
        <p>{t('policies.noChanges')}</p>
      ) : (
        <div className="sk-tags">
          {number('LOOSENS') > 0 && (
            <Label {...LOOKS.LOOSENS}>{t('policies.loosens', { count: number('LOOSENS') })}</Label>
          )}
          {number('TIGHTENS') > 0 && (
            <Label {...LOOKS.TIGHTENS}>{t('policies.tightens', { count: number('TIGHTENS') })}</Label>
          )}
          {number('NEUTRAL') > 0 && (
            <Label {...LOOKS.NEUTRAL}>{t('policies.neutral', { count: number('NEUTRAL') })}</Label>
          )}
        </div>
      )}
      <ul className="sk-findings">
        {ORDER.flatMap((direction) => changes.filter((change) => change.direction === direction)).map((change, index) => (
          <li key={index}>
            <Label isCompact {...LOOKS[change.direction]}>
              {word('direction', change.direction)}
            </Label>
            <span className="sk-mono">{change.rule ?? t('policies.wholePolicy')}</span>
            <span className="sk-summary-text">{inWords(change.message)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
