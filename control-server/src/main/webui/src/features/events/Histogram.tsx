import { Button, ExpandableSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { EventHistogram } from '../../api/model';
import { present } from '../../api/queries';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import type { EventSearch } from './eventList';
import { barsOf, between, type Bar, type Stretch } from './histogram';

/** Of the drawing; it is stretched to the page. */
const WIDTH = 1_000;
const HEIGHT = 90;
/** Milliseconds after which it is counted again while the page is live. */
const AGAIN = 30_000;

interface HistogramProps {
  search: EventSearch;
  onNarrow: (stretch: Stretch) => void;
}

/** How many events the search finds over time. A bar, or several drawn over, narrow the time; the table does the same. */
export function Histogram({ search, onNarrow }: HistogramProps) {
  const { t, i18n } = useTranslation();
  const [isTable, setTable] = useState(false);
  const query = useQuery({
    queryKey: ['events', 'histogram', search],
    queryFn: () =>
      read<EventHistogram>(
        client.GET('/api/v1/events/histogram', {
          params: { query: { ...present(search), items: 60, utcOffset: -new Date().getTimezoneOffset() } },
        }),
      ),
    refetchInterval: AGAIN,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  });
  const bars = useMemo(() => (query.data === undefined ? [] : barsOf(query.data)), [query.data]);
  if (query.isError) {
    return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined) {
    return <div className="sk-histogram" aria-busy="true" />;
  }
  const number = new Intl.NumberFormat(i18n.language);
  const { total, stopped, exact } = query.data;
  const summary = t(exact ? 'eventSearch.total' : 'eventSearch.estimate', {
    total: number.format(total),
    stopped: number.format(stopped),
  });
  return (
    <section aria-label={t('eventSearch.histogram')} className="sk-histogram">
      <div className="sk-histogram-head">
        <span role="status">{summary}</span>
        <span className="sk-subtle">
          <When at={query.data.from} /> – <When at={query.data.to} />
        </span>
      </div>
      <Bars bars={bars} label={summary} onNarrow={onNarrow} />
      <ExpandableSection
        toggleText={t('eventSearch.asTable')}
        isExpanded={isTable}
        onToggle={(_event, isExpanded) => setTable(isExpanded)}
      >
        {isTable && <BarTable bars={bars} onNarrow={onNarrow} />}
      </ExpandableSection>
    </section>
  );
}

function Bars({ bars, label, onNarrow }: { bars: readonly Bar[]; label: string; onNarrow: (stretch: Stretch) => void }) {
  const [drawn, setDrawn] = useState<{ from: number; to: number }>();
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const width = WIDTH / Math.max(1, bars.length);
  const end = () => {
    const stretch = drawn === undefined ? undefined : between(bars, drawn.from, drawn.to);
    setDrawn(undefined);
    if (stretch !== undefined) {
      onNarrow(stretch);
    }
  };
  const at = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = box.width === 0 ? 0 : (event.clientX - box.left) / box.width;
    return Math.min(bars.length - 1, Math.max(0, Math.floor(share * bars.length)));
  };
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrawn({ from: at(event), to: at(event) });
      }}
      onPointerMove={(event) => {
        if (drawn !== undefined) {
          setDrawn({ from: drawn.from, to: at(event) });
        }
      }}
      onPointerUp={end}
      onPointerCancel={() => setDrawn(undefined)}
    >
      {bars.map((bar, index) => {
        const isDrawn =
          drawn !== undefined && index >= Math.min(drawn.from, drawn.to) && index <= Math.max(drawn.from, drawn.to);
        const height = (bar.count / most) * (HEIGHT - 4);
        const stopped = (bar.stopped / most) * (HEIGHT - 4);
        return (
          <g key={bar.from}>
            {isDrawn && <rect x={index * width} y={0} width={width} height={HEIGHT} className="sk-time-bar-drawn" />}
            <rect x={index * width + 1} y={HEIGHT - height} width={Math.max(1, width - 2)} height={height} className="sk-time-bar" />
            <rect
              x={index * width + 1}
              y={HEIGHT - stopped}
              width={Math.max(1, width - 2)}
              height={stopped}
              className="sk-time-bar-stopped"
            />
          </g>
        );
      })}
    </svg>
  );
}

function BarTable({ bars, onNarrow }: { bars: readonly Bar[]; onNarrow: (stretch: Stretch) => void }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Table aria-label={t('eventSearch.histogram')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('eventSearch.stretch')}</Th>
          <Th>{t('eventSearch.count')}</Th>
          <Th>{t('eventSearch.stopped')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {bars
          .filter((bar) => bar.count > 0)
          .map((bar) => (
            <Tr key={bar.from}>
              <Td dataLabel={t('eventSearch.stretch')}>
                <Button variant="link" isInline onClick={() => onNarrow(bar)}>
                  <When at={new Date(bar.from).toISOString()} />
                </Button>
              </Td>
              <Td dataLabel={t('eventSearch.count')}>{number.format(bar.count)}</Td>
              <Td dataLabel={t('eventSearch.stopped')}>{number.format(bar.stopped)}</Td>
            </Tr>
          ))}
      </Tbody>
    </Table>
  );
}
