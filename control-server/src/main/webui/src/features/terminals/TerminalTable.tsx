import { Button, Label } from '@patternfly/react-core';
import { BellIcon } from '@patternfly/react-icons';
import { SortByDirection, Table, Tbody, Td, Th, Thead, Tr, type ThProps } from '@patternfly/react-table';
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
  /** As the server takes it: a column, with a minus for the other way round; empty: by host. */
  sort: string;
  onSort: (sort: string) => void;
  onSelect: (id: string) => void;
  /** Those that something will be done with; undefined: nothing may be done. */
  chosen?: ReadonlySet<string> | undefined;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

/** The columns that can be sorted, in the order in which they stand. */
const COLUMNS = ['host', 'revision', 'user', 'agentVersion', 'lastContact'] as const;

export function TerminalTable({ terminals, selected, sort, onSort, onSelect, chosen, onChoose }: TerminalTableProps) {
  const { t } = useTranslation();
  const word = useWord();
  const narrow = selected !== undefined;
  const sorted = sort === '' ? 'host' : sort.replace('-', '');
  const order = (column: (typeof COLUMNS)[number]): ThProps['sort'] => ({
    columnIndex: COLUMNS.indexOf(column),
    sortBy: { index: COLUMNS.map(String).indexOf(sorted), direction: sort.startsWith('-') ? 'desc' : 'asc' },
    onSort: (_event, _index, direction) => onSort(direction === SortByDirection.desc ? `-${column}` : column === 'host' ? '' : column),
  });
  const choose = (id: string, isChosen: boolean) =>
    onChoose(new Set(isChosen ? [...(chosen ?? []), id] : [...(chosen ?? [])].filter((one) => one !== id)));
  return (
    <Table aria-label={t('terminals.title')} variant="compact">
      <Thead>
        <Tr>
          {chosen !== undefined && !narrow && (
            <Th
              aria-label={t('terminals.chooseAll')}
              select={{
                isSelected: terminals.every(({ id }) => chosen.has(id)),
                onSelect: (_event, isSelected) => onChoose(isSelected ? new Set(terminals.map(({ id }) => id)) : new Set()),
              }}
            />
          )}
          <Th sort={order('host')}>{t('terminals.host')}</Th>
          <Th>{t('terminals.link')}</Th>
          <Th sort={order('revision')}>{t('terminals.progress')}</Th>
          {!narrow && <Th>{t('terminals.channels')}</Th>}
          {!narrow && <Th sort={order('user')}>{t('terminals.user')}</Th>}
          {!narrow && <Th>{t('terminals.segment')}</Th>}
          {!narrow && <Th sort={order('agentVersion')}>{t('terminals.agent')}</Th>}
          <Th sort={order('lastContact')}>{t('terminals.lastContact')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {terminals.map((terminal, index) => (
          <Tr
            key={terminal.id}
            isRowSelected={terminal.id === selected}
            isClickable
            onRowClick={(event) => {
              // Choosing a row is not opening it.
              if (!(event?.target instanceof HTMLInputElement)) {
                onSelect(terminal.id);
              }
            }}
          >
            {chosen !== undefined && !narrow && (
              <Td
                select={{
                  rowIndex: index,
                  isSelected: chosen.has(terminal.id),
                  onSelect: (_event, isSelected) => choose(terminal.id, isSelected),
                }}
              />
            )}
            <Td dataLabel={t('terminals.host')}>
              <Button variant="link" isInline onClick={() => onSelect(terminal.id)}>
                {terminal.host}
              </Button>
              <div className="sk-subtle sk-nowrap">{terminal.orgUnit}</div>
            </Td>
            <Td dataLabel={t('terminals.link')}>
              <LinkState terminal={terminal} />
              {terminal.alarms > 0 && (
                <Label isCompact color="red" icon={<BellIcon />}>
                  {t('alarms.count', { count: terminal.alarms })}
                </Label>
              )}
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
            {!narrow && <Td dataLabel={t('terminals.segment')}>{word('segment', terminal.segment)}</Td>}
            {!narrow && <Td dataLabel={t('terminals.agent')}>{terminal.agentVersion}</Td>}
            <Td dataLabel={t('terminals.lastContact')}>
              <When at={terminal.lastContactAt} relative />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
