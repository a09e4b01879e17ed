import { Label, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { terminalQuery } from '../../api/queries';

/** Says that only one terminal's events are shown, by its name. */
export function TerminalFilter({ terminal, onClear }: { terminal: string; onClear: () => void }) {
  const { t } = useTranslation();
  const host = useQuery({ ...terminalQuery(terminal), refetchInterval: false }).data?.host ?? terminal;
  return (
    <ToolbarItem alignSelf="center">
      <Label color="blue" onClose={onClear} closeBtnAriaLabel={t('common.clearFilters')}>
        {t('events.terminal')}: {host}
      </Label>
    </ToolbarItem>
  );
}
