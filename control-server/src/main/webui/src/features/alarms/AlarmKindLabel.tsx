import { Label } from '@patternfly/react-core';
import { BellSlashIcon, ClockIcon, DatabaseIcon, ExclamationCircleIcon, UnlockIcon } from '@patternfly/react-icons';
import type { ReactElement } from 'react';
import type { AlarmKind } from '../../api/model';
import { useWord } from '../../ui/words';

const ICONS: Record<AlarmKind, ReactElement> = {
  SILENT: <BellSlashIcon />,
  CLOCK: <ClockIcon />,
  JOURNAL_SHORT: <DatabaseIcon />,
  RECORD_LOST: <ExclamationCircleIcon />,
  CHANNEL: <UnlockIcon />,
};

/** What is wrong. Ended alarms are pale. */
export function AlarmKindLabel({ kind, isOpen }: { kind: AlarmKind; isOpen: boolean }) {
  const word = useWord();
  const isGrave = kind === 'CHANNEL' || kind === 'RECORD_LOST';
  return (
    <Label isCompact color={!isOpen ? 'grey' : isGrave ? 'red' : 'orange'} icon={ICONS[kind]}>
      {word('alarmKind', kind)}
    </Label>
  );
}
