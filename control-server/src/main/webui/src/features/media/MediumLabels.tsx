import { Label } from '@patternfly/react-core';
import { BanIcon, CheckCircleIcon, ExclamationCircleIcon, ExclamationTriangleIcon, OutlinedClockIcon } from '@patternfly/react-icons';
import type { ReactElement } from 'react';
import type { Medium, MediumState } from '../../api/model';
import { useWord } from '../../ui/words';

const LOOKS: Record<MediumState, { colour: 'green' | 'red' | 'grey' | 'orange'; icon: ReactElement }> = {
  IN_USE: { colour: 'green', icon: <CheckCircleIcon /> },
  LOST: { colour: 'red', icon: <ExclamationCircleIcon /> },
  WITHDRAWN: { colour: 'grey', icon: <BanIcon /> },
  EXPIRED: { colour: 'orange', icon: <OutlinedClockIcon /> },
};

export function MediumStateLabel({ state }: { state: MediumState }) {
  const word = useWord();
  return (
    <Label isCompact color={LOOKS[state].colour} icon={LOOKS[state].icon}>
      {word('mediumState', state)}
    </Label>
  );
}

/** What makes it hard to tell from another. */
export function MediumWarnings({ warnings }: { warnings: Medium['warnings'] }) {
  const word = useWord();
  return warnings.map((warning) => (
    <Label key={warning} isCompact variant="outline" color="yellow" icon={<ExclamationTriangleIcon />}>
      {word('mediumWarning', warning)}
    </Label>
  ));
}
