import { Label } from '@patternfly/react-core';
import { ArchiveIcon, BanIcon, ConnectedIcon, DisconnectedIcon, OutlinedClockIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../api/model';

export function LinkState({ terminal }: { terminal: Terminal }) {
  const { t } = useTranslation();
  switch (terminal.state) {
    case 'REVOKED':
      return (
        <Label isCompact color="red" icon={<BanIcon />}>
          {t('terminals.revoked')}
        </Label>
      );
    case 'RETIRED':
      return (
        <Label isCompact color="grey" icon={<ArchiveIcon />}>
          {t('terminals.retired')}
        </Label>
      );
    case 'WAITING':
      return (
        <Label isCompact color="orange" icon={<OutlinedClockIcon />}>
          {t('terminals.waiting')}
        </Label>
      );
    case 'ACTIVE':
      return terminal.connected ? (
        <Label isCompact color="green" icon={<ConnectedIcon />}>
          {t('terminals.connected')}
        </Label>
      ) : (
        <Label isCompact color="grey" icon={<DisconnectedIcon />}>
          {t('terminals.away')}
        </Label>
      );
  }
}
