import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Permit } from '../../api/model';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { DeliveryLabel, PermitStateLabel } from './PermitLabels';
import { useUses, useWhat } from './permitText';

interface PermitTableProps {
  permits: readonly Permit[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}

export function PermitTable({ permits, selected, onSelect }: PermitTableProps) {
  const { t } = useTranslation();
  const word = useWord();
  const what = useWhat();
  const uses = useUses();
  const isNarrow = selected !== undefined;
  return (
    <Table aria-label={t('permits.title')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('permits.user')}</Th>
          {!isNarrow && <Th>{t('permits.terminal')}</Th>}
          <Th>{t('permits.what')}</Th>
          <Th>{t('permits.state')}</Th>
          {!isNarrow && <Th>{t('permits.until')}</Th>}
          {!isNarrow && <Th>{t('permits.uses')}</Th>}
          {!isNarrow && <Th>{t('permits.reason')}</Th>}
        </Tr>
      </Thead>
      <Tbody>
        {permits.map((permit) => (
          <Tr key={permit.id} isClickable isRowSelected={permit.id === selected} onRowClick={() => onSelect(permit.id)}>
            <Td dataLabel={t('permits.user')}>
              <Button
                variant="link"
                isInline
                aria-label={t('permits.open', { user: permit.user, what: what(permit) })}
                onClick={() => onSelect(permit.id)}
              >
                {permit.user}
              </Button>
              {isNarrow && <div className="sk-subtle">{permit.host}</div>}
            </Td>
            {!isNarrow && <Td dataLabel={t('permits.terminal')}>{permit.host}</Td>}
            <Td dataLabel={t('permits.what')} className="sk-summary-text">
              {what(permit)}
              {permit.direction === 'INWARD' && <div className="sk-subtle">{word('permitDirection', permit.direction)}</div>}
            </Td>
            <Td dataLabel={t('permits.state')}>
              <div className="sk-tags">
                <PermitStateLabel state={permit.state} />
                <DeliveryLabel permit={permit} />
              </div>
            </Td>
            {!isNarrow && (
              <Td dataLabel={t('permits.until')}>
                <When at={permit.until} />
              </Td>
            )}
            {!isNarrow && <Td dataLabel={t('permits.uses')}>{uses(permit)}</Td>}
            {!isNarrow && (
              <Td dataLabel={t('permits.reason')} className="sk-summary-text">
                {permit.reason}
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
