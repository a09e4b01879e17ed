import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Medium } from '../../api/model';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { deviceText } from './device';
import { lastDayOf } from './lastDay';
import { MediumStateLabel, MediumWarnings } from './MediumLabels';

interface MediaTableProps {
  media: readonly Medium[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}

export function MediaTable({ media, selected, onSelect }: MediaTableProps) {
  const { t } = useTranslation();
  const word = useWord();
  const isNarrow = selected !== undefined;
  return (
    <Table aria-label={t('media.title')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('media.name')}</Th>
          <Th>{t('media.state')}</Th>
          <Th>{t('media.owner')}</Th>
          {!isNarrow && <Th>{t('terminals.segment')}</Th>}
          {!isNarrow && <Th>{t('media.device')}</Th>}
          {!isNarrow && <Th>{t('media.lastDay')}</Th>}
          <Th>{t('media.seen')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {media.map((medium) => (
          <Tr key={medium.id} isClickable isRowSelected={medium.id === selected} onRowClick={() => onSelect(medium.id)}>
            <Td dataLabel={t('media.name')}>
              <Button variant="link" isInline onClick={() => onSelect(medium.id)}>
                {medium.name}
              </Button>
            </Td>
            <Td dataLabel={t('media.state')}>
              <div className="sk-tags">
                <MediumStateLabel state={medium.state} />
                <MediumWarnings warnings={medium.warnings} />
              </div>
            </Td>
            <Td dataLabel={t('media.owner')}>{medium.owner ?? t('media.wholeCity')}</Td>
            {!isNarrow && <Td dataLabel={t('terminals.segment')}>{word('segment', medium.segment)}</Td>}
            {!isNarrow && (
              <Td dataLabel={t('media.device')} className="sk-mono sk-summary-text">
                {deviceText(medium.device)}
              </Td>
            )}
            {!isNarrow && (
              <Td dataLabel={t('media.lastDay')} className="sk-nowrap">
                {lastDayOf(medium.expiresAt) || t('media.noEnd')}
              </Td>
            )}
            <Td dataLabel={t('media.seen')}>
              {medium.seen == null ? (
                <span className="sk-subtle">{t('media.neverSeen')}</span>
              ) : (
                <>
                  <When at={medium.seen.at} relative />
                  {medium.seen.host != null && (
                    <div className="sk-subtle">{[medium.seen.host, medium.seen.user].filter(Boolean).join(' · ')}</div>
                  )}
                </>
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
