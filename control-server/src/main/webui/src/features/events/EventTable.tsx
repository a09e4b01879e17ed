import { Button } from '@patternfly/react-core';
import { Table, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SekishoEvent } from '../../api/model';
import { RowBlock } from '../../ui/RowBlock';
import { SeverityLabel } from '../../ui/labels';
import { When } from '../../ui/When';
import { useHosts } from '../../ui/useHosts';
import { useWord } from '../../ui/words';
import { blocksOf, eventKey } from './eventList';
import { ChainMark } from './ChainMark';
import { type Column } from './columns';
import { FoundLabels } from './FoundLabels';
import { Masked } from './Masked';
import { VerdictState } from './VerdictState';

interface EventTableProps {
  events: readonly SekishoEvent[];
  /** Besides the time. */
  columns?: readonly Column[];
  selected?: string | undefined;
  /** Fewer columns, for beside something else. */
  isNarrow?: boolean;
  onSelect: (terminal: string, seq: number) => void;
}

const USUAL: readonly Column[] = ['what', 'verdict', 'severity', 'terminal', 'summary', 'labels'];
/** Rows that are drawn together. */
const BLOCK = 25;
/** What still fits beside an open event. */
const NARROW: readonly Column[] = ['what', 'verdict'];

export function EventTable({
  events,
  columns = USUAL,
  selected,
  isNarrow = selected !== undefined,
  onSelect,
}: EventTableProps) {
  const { t } = useTranslation();
  const shown = isNarrow ? columns.filter((column) => NARROW.includes(column)) : columns;
  return (
    <Table aria-label={t('events.table')} aria-rowcount={events.length + 1} variant="compact">
      <Thead>
        <Tr aria-rowindex={1}>
          <Th>{t('events.time')}</Th>
          {shown.map((column) => (
            <Th key={column} {...(column === 'summary' ? ({ width: 30 } as const) : {})}>
              {t(column === 'chain' ? 'eventSearch.chain' : `events.${column}`)}
            </Th>
          ))}
        </Tr>
      </Thead>
      {blocksOf(events, BLOCK).map((block) => (
        <RowBlock key={block.key} rows={block.events.length} columns={shown.length + 1} isFirst={block.first === 0}>
          {() => (
            <EventRows events={block.events} first={block.first} selected={selected} columns={shown} onSelect={onSelect} />
          )}
        </RowBlock>
      ))}
    </Table>
  );
}

interface EventRowsProps {
  events: readonly SekishoEvent[];
  /** How many rows come before. */
  first: number;
  selected: string | undefined;
  columns: readonly Column[];
  onSelect: (terminal: string, seq: number) => void;
}

function EventRows({ events, first, selected, columns, onSelect }: EventRowsProps) {
  const hostOf = useHosts(events.map((event) => event.terminal));
  return events.map((event, index) => (
    <EventRow
      key={eventKey(event)}
      event={event}
      // The first is the head's.
      number={first + index + 2}
      host={hostOf(event.terminal)}
      isSelected={eventKey(event) === selected}
      columns={columns}
      onSelect={onSelect}
    />
  ));
}

interface EventRowProps {
  event: SekishoEvent;
  number: number;
  host: string;
  isSelected: boolean;
  columns: readonly Column[];
  onSelect: (terminal: string, seq: number) => void;
}

const EventRow = memo(function EventRow({ event, number, host, isSelected, columns, onSelect }: EventRowProps) {
  const { t } = useTranslation();
  const open = () => onSelect(event.terminal, event.seq);
  return (
    <Tr aria-rowindex={number} isClickable isRowSelected={isSelected} onRowClick={open}>
      <Td dataLabel={t('events.time')}>
        <Button variant="link" isInline onClick={open}>
          <When at={event.occurredAt} />
        </Button>
      </Td>
      {columns.map((column) => (
        <Td
          key={column}
          dataLabel={t(column === 'chain' ? 'eventSearch.chain' : `events.${column}`)}
          className={WIDE.has(column) ? 'sk-summary-text' : 'sk-nowrap'}
        >
          <Cell column={column} event={event} host={host} />
        </Td>
      ))}
    </Tr>
  );
});

/** May break anywhere. */
const WIDE = new Set<Column>(['summary', 'source', 'destination', 'labels', 'verdict']);

function Cell({ column, event, host }: { column: Column; event: SekishoEvent; host: string }) {
  const { t } = useTranslation();
  const word = useWord();
  switch (column) {
    case 'what':
      return (
        <>
          {event.channel === null || event.channel === undefined ? word('kind', event.kind) : word('channel', event.channel)}
          {event.count > 1 && <span className="sk-subtle"> {t('events.times', { count: event.count })}</span>}
        </>
      );
    case 'verdict':
      return <VerdictState event={event} />;
    case 'severity':
      return <SeverityLabel severity={event.severity} />;
    case 'terminal':
      return <>{host}</>;
    case 'user':
      return <>{event.user}</>;
    case 'summary':
      return <Masked text={event.masked} />;
    case 'source':
      return <>{event.source}</>;
    case 'destination':
      return <>{event.destination}</>;
    case 'rule':
      return <>{event.rule}</>;
    case 'labels':
      return <FoundLabels labels={event.labels} />;
    case 'chain':
      return <ChainMark chain={event.chain} />;
    case 'received':
      return <When at={event.receivedAt} />;
    case 'sequence':
      return <>{event.seq}</>;
  }
}
