import { Label } from '@patternfly/react-core';
import { BanIcon, CheckCircleIcon, ExclamationCircleIcon, InProgressIcon, OutlinedCircleIcon, OutlinedClockIcon } from '@patternfly/react-icons';
import type { ReactElement } from 'react';
import type { Permit, PermitState } from '../../api/model';
import { useWord } from '../../ui/words';

const LOOKS: Record<PermitState, { colour: 'blue' | 'green' | 'grey' | 'red'; icon: ReactElement }> = {
  UPCOMING: { colour: 'blue', icon: <OutlinedClockIcon /> },
  ACTIVE: { colour: 'green', icon: <CheckCircleIcon /> },
  USED_UP: { colour: 'grey', icon: <OutlinedCircleIcon /> },
  ENDED: { colour: 'grey', icon: <OutlinedCircleIcon /> },
  REVOKED: { colour: 'red', icon: <BanIcon /> },
};

export function PermitStateLabel({ state }: { state: PermitState }) {
  const word = useWord();
  return (
    <Label isCompact color={LOOKS[state].colour} icon={LOOKS[state].icon}>
      {word('permitState', state)}
    </Label>
  );
}

/** What the terminal made of it, where that matters: of what has ended by itself, it doesn't. */
export function DeliveryLabel({ permit }: { permit: Permit }) {
  const word = useWord();
  const { delivery, state } = permit;
  if (delivery === 'IN_FORCE' || delivery === 'WITHDRAWN' || state === 'ENDED' || state === 'USED_UP') {
    return null;
  }
  return (
    <Label
      isCompact
      variant="outline"
      color={delivery === 'REFUSED' ? 'red' : 'blue'}
      icon={delivery === 'REFUSED' ? <ExclamationCircleIcon /> : <InProgressIcon />}
    >
      {word('permitDelivery', delivery)}
    </Label>
  );
}
