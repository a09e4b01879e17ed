import { ExpandableSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { roundUp, sum, type Day } from './attempts';

/** Of the drawing; it is stretched to the page. */
const WIDTH = 1_000;
const HEIGHT = 160;

/** Attempts day by day as bars, with the part that was stopped; the table says the same, and each day leads to its events. */
export function DayBars({ days }: { days: readonly Day[] }) {
  const { t, i18n } = useTranslation();
  const [isTable, setTable] = useState(false);
  const number = new Intl.NumberFormat(i18n.language);
  const date = new Intl.DateTimeFormat(i18n.language, { month: 'numeric', day: 'numeric' });
  const top = roundUp(Math.max(...days.map((day) => day.attempts)));
  const width = WIDTH / Math.max(1, days.length);
  const summary = t('overview.summary', {
    days: number.format(days.length),
    total: number.format(sum(days.map((day) => day.attempts))),
    stopped: number.format(sum(days.map((day) => day.stopped))),
  });
  const heightOf = (figure: number) => (figure / top) * HEIGHT;
  const ticks = [days[0], days[Math.floor(days.length / 2)], days[days.length - 1]].filter((day) => day !== undefined);
  return (
    <>
      <div className="sk-plot-head">
        <span>{summary}</span>
        <span className="sk-legend">
          <span className="sk-key sk-key-allowed" aria-hidden /> {t('overview.allowed')}
          <span className="sk-key sk-key-stopped" aria-hidden /> {t('overview.stopped')}
        </span>
      </div>
      <div className="sk-plot">
        <div className="sk-plot-scale" aria-hidden>
          <span>{number.format(top)}</span>
          <span>{number.format(top / 2)}</span>
          <span>0</span>
        </div>
        <svg role="img" aria-label={summary} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
          {[0, HEIGHT / 2].map((y) => (
            <line key={y} x1={0} x2={WIDTH} y1={y} y2={y} className="sk-plot-line" />
          ))}
          {days.map((day, index) => (
            <g key={day.at.getTime()}>
              <title>{`${date.format(day.at)}: ${t('overview.total')} ${number.format(day.attempts)}, ${t('overview.stopped')} ${number.format(day.stopped)}`}</title>
              <rect x={index * width} y={0} width={width} height={HEIGHT} className="sk-plot-day" />
              <rect
                x={(index + 0.12) * width}
                y={HEIGHT - heightOf(day.attempts)}
                width={0.76 * width}
                height={heightOf(day.attempts - day.stopped)}
                className="sk-plot-allowed"
              />
              <rect
                x={(index + 0.12) * width}
                y={HEIGHT - heightOf(day.stopped)}
                width={0.76 * width}
                height={heightOf(day.stopped)}
                className="sk-plot-stopped"
              />
            </g>
          ))}
        </svg>
        <div className="sk-plot-days" aria-hidden>
          {ticks.map((day, index) => (
            <span key={index}>{date.format(day.at)}</span>
          ))}
        </div>
      </div>
      <ExpandableSection
        toggleText={t('overview.asTable')}
        isExpanded={isTable}
        onToggle={(_event, isExpanded) => setTable(isExpanded)}
      >
        {isTable && <DayTable days={days} />}
      </ExpandableSection>
    </>
  );
}

function DayTable({ days }: { days: readonly Day[] }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full' });
  return (
    <Table aria-label={t('overview.attempts')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('overview.day')}</Th>
          <Th>{t('overview.total')}</Th>
          <Th>{t('overview.stopped')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {days.toReversed().map((day) => (
          <Tr key={day.at.getTime()}>
            <Td dataLabel={t('overview.day')}>
              <Link to={`/events?${between(day.at)}`}>{date.format(day.at)}</Link>
            </Td>
            <Td dataLabel={t('overview.total')} className="sk-number">
              {number.format(day.attempts)}
            </Td>
            <Td dataLabel={t('overview.stopped')} className="sk-number">
              {number.format(day.stopped)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function between(day: Date): string {
  const next = new Date(day.getTime() + 86_400_000);
  return new URLSearchParams({ kind: 'ATTEMPT', from: day.toISOString(), to: next.toISOString() }).toString();
}
