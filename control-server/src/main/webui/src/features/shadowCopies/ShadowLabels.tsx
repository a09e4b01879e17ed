import { Label } from '@patternfly/react-core';
import { BanIcon, CheckCircleIcon, ExclamationCircleIcon, InProgressIcon, OutlinedCircleIcon, OutlinedClockIcon } from '@patternfly/react-icons';
import type { ReactElement } from 'react';
import type { ShadowCopyState, ShadowOpeningState } from '../../api/model';
import { useWord } from '../../ui/words';

interface Look {
  colour: 'blue' | 'green' | 'grey' | 'red';
  icon: ReactElement;
}

const COPIES: Record<ShadowCopyState, Look> = {
  AWAITED: { colour: 'blue', icon: <InProgressIcon /> },
  KEPT: { colour: 'green', icon: <CheckCircleIcon /> },
  FAILED: { colour: 'red', icon: <ExclamationCircleIcon /> },
  EXPIRED: { colour: 'grey', icon: <OutlinedCircleIcon /> },
};

const OPENINGS: Record<ShadowOpeningState, Look> = {
  ASKED: { colour: 'blue', icon: <OutlinedClockIcon /> },
  APPROVED: { colour: 'green', icon: <CheckCircleIcon /> },
  REFUSED: { colour: 'red', icon: <BanIcon /> },
  LAPSED: { colour: 'grey', icon: <OutlinedCircleIcon /> },
};

export function ShadowCopyStateLabel({ state }: { state: ShadowCopyState }) {
  const word = useWord();
  return (
    <Label isCompact color={COPIES[state].colour} icon={COPIES[state].icon}>
      {word('shadowCopyState', state)}
    </Label>
  );
}

export function OpeningStateLabel({ state }: { state: ShadowOpeningState }) {
  const word = useWord();
  return (
    <Label isCompact color={OPENINGS[state].colour} icon={OPENINGS[state].icon}>
      {word('openingState', state)}
    </Label>
  );
}
