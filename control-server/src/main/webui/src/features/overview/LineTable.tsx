import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttemptLine } from '../../api/model';
import { sum } from './attempts';

interface LineTableProps {
  title: string;
  heading: string;
  lines: readonly AttemptLine[];
  nameOf: (line: AttemptLine) => ReactNode;
}

/** Attempts of each channel or division: figures, and how they went day by day, all rows to one scale. */
export function LineTable({ title, heading, lines, nameOf }: LineTableProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const most = Math.max(1, ...lines.flatMap((line) => line.attempts));
  return (
    <Table aria-label={title} variant="compact" borders={false} className="sk-lines">
      <Thead>
        <Tr>
          <Th>{heading}</Th>
          <Th aria-hidden>{t('overview.trend')}</Th>
          <Th className="sk-right">{t('overview.total')}</Th>
          <Th className="sk-right">{t('overview.stopped')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {lines.map((line) => (
          <Tr key={line.name}>
            <Td dataLabel={heading} className="sk-line-name">
              {nameOf(line)}
            </Td>
            <Td dataLabel={t('overview.trend')} aria-hidden>
              <Strip line={line} most={most} />
            </Td>
            <Td dataLabel={t('overview.total')} className="sk-number sk-right">
              {number.format(sum(line.attempts))}
            </Td>
            <Td dataLabel={t('overview.stopped')} className="sk-number sk-right">
              {number.format(sum(line.stopped))}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

/** Of the drawing; it is stretched to the cell. */
const WIDTH = 300;
const HEIGHT = 28;

/** The figures beside it say what it shows. */
function Strip({ line, most }: { line: AttemptLine; most: number }) {
  const width = WIDTH / Math.max(1, line.attempts.length);
  // A figure above nothing is seen, however small.
  const heightOf = (figure: number) => (figure === 0 ? 0 : Math.max(1.5, (figure / most) * HEIGHT));
  return (
    <svg className="sk-strip" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      {line.attempts.map((attempts, index) => {
        const stopped = heightOf(line.stopped[index] ?? 0);
        const all = Math.max(stopped, heightOf(attempts));
        return (
          <g key={index}>
            <rect x={index * width} y={HEIGHT - all} width={0.8 * width} height={all - stopped} className="sk-plot-allowed" />
            <rect x={index * width} y={HEIGHT - stopped} width={0.8 * width} height={stopped} className="sk-plot-stopped" />
          </g>
        );
      })}
    </svg>
  );
}
