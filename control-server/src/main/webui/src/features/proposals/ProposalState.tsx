import { Label } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../api/model';

const COLOURS = {
  OPEN: 'orange',
  APPROVED: 'green',
  REFUSED: 'red',
  WITHDRAWN: 'grey',
  EXPIRED: 'grey',
  STALE: 'grey',
} as const;

export function ProposalState({ state }: { state: Proposal['state'] }) {
  const { t } = useTranslation();
  return (
    <Label isCompact color={COLOURS[state]}>
      {t(`proposals.states.${state}`)}
    </Label>
  );
}
