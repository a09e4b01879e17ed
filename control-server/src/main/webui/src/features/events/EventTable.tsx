import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SekishoEvent } from '../../api/model';
import { SeverityLabel } from '../../ui/labels';
import { When } from '../../ui/When';
import { useHosts } from '../../ui/useHosts';
import { useWord } from '../../ui/words';
import { eventKey } from './eventList';
import { FoundLabels } from './FoundLabels';
import { VerdictState } from './VerdictState';

interface EventTableProps {
  events: readonly SekishoEvent[];
  selected?: string | undefined;
  /** Fewer columns, for beside something else. */
  isNarrow?: boolean;
  onSelect: (terminal: string, seq: number) => void;
}

export function EventTable({ events, selected, isNarrow = selected !== undefined, onSelect }: EventTableProps) {
  const { t } = useTranslation();
  const hostOf = useHosts();
  const hasDetail = selected !== undefined;
  return (
    <Table aria-label={t('events.table')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('events.time')}</Th>
          <Th>{t('events.what')}</Th>
          <Th>{t('events.verdict')}</Th>
          {!isNarrow && <Th>{t('events.severity')}</Th>}
          {!isNarrow && <Th>{t('events.terminal')}</Th>}
          {!isNarrow && <Th width={30}>{t('events.summary')}</Th>}
          {!hasDetail && <Th>{t('events.labels')}</Th>}
        </Tr>
      </Thead>
      <Tbody>
        {events.map((event) => (
          <EventRow
            key={eventKey(event)}
            event={event}
            host={hostOf(event.terminal)}
            isSelected={eventKey(event) === selected}
            isNarrow={isNarrow}
            hasDetail={hasDetail}
            onSelect={onSelect}
          />
        ))}
      </Tbody>
    </Table>
  );
}

interface EventRowProps {
  event: SekishoEvent;
  host: string;
  isSelected: boolean;
  isNarrow: boolean;
  /** The detail stands beside the table and says the rest. */
  hasDetail: boolean;
  onSelect: (terminal: string, seq: number) => void;
}

const EventRow = memo(function EventRow({ event, host, isSelected, isNarrow, hasDetail, onSelect }: EventRowProps) {
  const { t } = useTranslation();
  const word = useWord();
  const open = () => onSelect(event.terminal, event.seq);
  return (
    <Tr isClickable isRowSelected={isSelected} onRowClick={open}>
      <Td dataLabel={t('events.time')}>
        <Button variant="link" isInline onClick={open}>
          <When at={event.occurredAt} />
        </Button>
      </Td>
      <Td dataLabel={t('events.what')} modifier="nowrap">
        {event.channel === null || event.channel === undefined ? word('kind', event.kind) : word('channel', event.channel)}
        {event.count > 1 && <span className="sk-subtle"> {t('events.times', { count: event.count })}</span>}
      </Td>
      <Td dataLabel={t('events.verdict')}>
        <VerdictState event={event} />
      </Td>
      {!isNarrow && (
        <Td dataLabel={t('events.severity')}>
          <SeverityLabel severity={event.severity} />
        </Td>
      )}
      {!isNarrow && (
        <Td dataLabel={t('events.terminal')}>
          <span className="sk-nowrap">{host}</span>
          <div className="sk-subtle">{event.user}</div>
        </Td>
      )}
      {!isNarrow && (
        <Td dataLabel={t('events.summary')} className="sk-summary-text">
          {event.masked}
        </Td>
      )}
      {!hasDetail && (
        <Td dataLabel={t('events.labels')}>
          <FoundLabels labels={event.labels} />
        </Td>
      )}
    </Tr>
  );
});
