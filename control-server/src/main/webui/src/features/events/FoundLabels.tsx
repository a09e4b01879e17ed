import { Label } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { SekishoEvent } from '../../api/model';
import { useWord } from '../../ui/words';

/** Which numbers were found, how many, how surely. */
export function FoundLabels({ labels }: { labels: SekishoEvent['labels'] }) {
  const { t } = useTranslation();
  const word = useWord();
  if (labels.length === 0) {
    return <>{t('common.none')}</>;
  }
  return (
    <div className="sk-tags">
      {labels.map((found) => (
        <Label
          key={`${found.label}/${found.grade}`}
          isCompact
          variant={found.grade === 'high' ? 'filled' : 'outline'}
          color={found.grade === 'high' ? 'orangered' : 'grey'}
        >
          {t('events.labelCount', {
            label: word('label', found.label),
            count: found.count,
            grade: word('grade', found.grade),
          })}
        </Label>
      ))}
    </div>
  );
}
