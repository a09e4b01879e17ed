import { Label } from '@patternfly/react-core';
import { BanIcon, ConnectedIcon, DisconnectedIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../api/model';

export function LinkState({ terminal }: { terminal: Terminal }) {
  const { t } = useTranslation();
  if (terminal.state === 'REVOKED') {
    return (
      <Label isCompact color="red" icon={<BanIcon />}>
        {t('terminals.revoked')}
      </Label>
    );
  }
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
