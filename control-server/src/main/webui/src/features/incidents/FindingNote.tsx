import { useTranslation } from 'react-i18next';
import type { Incident } from '../../api/model';
import { Notice } from '../../ui/Notice';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';

/** How it ended. */
export function FindingNote({ finding }: { finding: NonNullable<Incident['finding']> }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Notice variant="info" title={`${t('incidents.finding')}: ${word('incidentFinding', finding.kind)}`}>
      <p className="sk-note">{finding.text}</p>
      <p className="sk-subtle">
        {t('incidents.findingBy', { by: finding.by })} · <When at={finding.at} />
      </p>
    </Notice>
  );
}
