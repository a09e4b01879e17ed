import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { ShadowCopy } from '../../api/model';
import { useHosts } from '../../ui/useHosts';
import { When } from '../../ui/When';
import { ShadowCopyStateLabel } from './ShadowLabels';

interface ShadowCopyTableProps {
  copies: readonly ShadowCopy[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}

export function ShadowCopyTable({ copies, selected, onSelect }: ShadowCopyTableProps) {
  const { t, i18n } = useTranslation();
  const hostOf = useHosts(copies.map((copy) => copy.terminal));
  const isNarrow = selected !== undefined;
  return (
    <Table aria-label={t('shadowCopies.title')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('shadowCopies.terminal')}</Th>
          <Th>{t('shadowCopies.time')}</Th>
          <Th>{t('shadowCopies.state')}</Th>
          {!isNarrow && <Th>{t('shadowCopies.size')}</Th>}
          {!isNarrow && <Th>{t('shadowCopies.custodians')}</Th>}
          {!isNarrow && <Th>{t('shadowCopies.openings')}</Th>}
        </Tr>
      </Thead>
      <Tbody>
        {copies.map((copy) => {
          const host = hostOf(copy.terminal);
          const waiting = copy.openings.filter((opening) => opening.state === 'ASKED').length;
          return (
            <Tr key={copy.id} isClickable isRowSelected={copy.id === selected} onRowClick={() => onSelect(copy.id)}>
              <Td dataLabel={t('shadowCopies.terminal')}>
                <Button
                  variant="link"
                  isInline
                  aria-label={t('shadowCopies.show', { host, id: copy.id })}
                  onClick={() => onSelect(copy.id)}
                >
                  {host}
                </Button>
              </Td>
              <Td dataLabel={t('shadowCopies.time')}>
                <When at={copy.orderedAt ?? copy.keptAt} />
              </Td>
              <Td dataLabel={t('shadowCopies.state')}>
                <ShadowCopyStateLabel state={copy.state} />
              </Td>
              {!isNarrow && (
                <Td dataLabel={t('shadowCopies.size')} className="sk-nowrap">
                  {copy.bytes != null && t('shadowCopies.bytes', { size: copy.bytes.toLocaleString(i18n.language) })}
                </Td>
              )}
              {!isNarrow && <Td dataLabel={t('shadowCopies.custodians')}>{copy.custodians.join(', ')}</Td>}
              {!isNarrow && (
                <Td dataLabel={t('shadowCopies.openings')}>
                  {waiting > 0 ? t('shadowCopies.waiting', { count: waiting }) : copy.openings.length}
                </Td>
              )}
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
