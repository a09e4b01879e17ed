import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../api/model';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { ChannelSummary } from './ChannelSummary';
import { LinkState } from './LinkState';
import { ProgressState } from './ProgressState';

interface TerminalTableProps {
  terminals: readonly Terminal[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}

export function TerminalTable({ terminals, selected, onSelect }: TerminalTableProps) {
  const { t } = useTranslation();
  const word = useWord();
  const narrow = selected !== undefined;
  return (
    <Table aria-label={t('terminals.title')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('terminals.host')}</Th>
          <Th>{t('terminals.link')}</Th>
          <Th>{t('terminals.progress')}</Th>
          {!narrow && <Th>{t('terminals.channels')}</Th>}
          {!narrow && <Th>{t('terminals.user')}</Th>}
          {!narrow && <Th>{t('terminals.segment')}</Th>}
          <Th>{t('terminals.lastContact')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {terminals.map((terminal) => (
          <Tr
            key={terminal.id}
            isRowSelected={terminal.id === selected}
            isClickable
            onRowClick={() => onSelect(terminal.id)}
          >
            <Td dataLabel={t('terminals.host')}>
              <Button variant="link" isInline onClick={() => onSelect(terminal.id)}>
                {terminal.host}
              </Button>
              <div className="sk-subtle sk-nowrap">{terminal.orgUnit}</div>
            </Td>
            <Td dataLabel={t('terminals.link')}>
              <LinkState terminal={terminal} />
            </Td>
            <Td dataLabel={t('terminals.progress')}>
              <ProgressState terminal={terminal} />
            </Td>
            {!narrow && (
              <Td dataLabel={t('terminals.channels')}>
                <ChannelSummary channels={terminal.channels} />
              </Td>
            )}
            {!narrow && <Td dataLabel={t('terminals.user')}>{terminal.user ?? t('common.none')}</Td>}
            {!narrow && (
              <Td dataLabel={t('terminals.segment')} modifier="nowrap">
                {word('segment', terminal.segment)}
              </Td>
            )}
            <Td dataLabel={t('terminals.lastContact')}>
              <When at={terminal.lastContactAt} relative />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
