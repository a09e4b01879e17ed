import { Label } from '@patternfly/react-core';
import { CheckCircleIcon, ExclamationTriangleIcon, InProgressIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import type { SekishoEvent } from '../../api/model';

const LOOKS = {
  WHOLE: { color: 'green', icon: <CheckCircleIcon /> },
  PENDING: { color: 'grey', icon: <InProgressIcon /> },
  GAP: { color: 'red', icon: <ExclamationTriangleIcon /> },
} as const;

/** What the server has verified of the terminal's chain at an event. */
export function ChainMark({ chain }: { chain: SekishoEvent['chain'] }) {
  const { t } = useTranslation();
  const look = LOOKS[chain];
  return (
    <Label isCompact color={look.color} icon={look.icon}>
      {t(`eventSearch.chain${chain}`)}
    </Label>
  );
}
