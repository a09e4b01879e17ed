import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Passkey } from '../../api/model';
import { useRemoval } from '../../ui/useRemoval';
import { When } from '../../ui/When';

interface PasskeyTableProps {
  passkeys: readonly Passkey[];
  /** Absent: only to look at. */
  onRemove?: (id: string) => Promise<unknown>;
}

/** Passkeys, each to be removed but for the last. */
export function PasskeyTable({ passkeys, onRemove }: PasskeyTableProps) {
  const { t } = useTranslation();
  const removal = useRemoval<Passkey>({
    remove: async ({ id }) => onRemove?.(id),
    texts: ({ name }) => ({ title: t('passkey.removeTitle', { name }), body: t('passkey.removeBody'), confirm: t('passkey.remove') }),
  });
  if (passkeys.length === 0) {
    return <p>{t('passkey.none')}</p>;
  }
  return (
    <>
      <Table aria-label={t('account.passkeys')} variant="compact">
        <Thead>
          <Tr>
            <Th>{t('passkey.name')}</Th>
            <Th>{t('passkey.kind')}</Th>
            <Th>{t('passkey.lastUsed')}</Th>
            {onRemove !== undefined && <Th screenReaderText={t('tokens.actions')} />}
          </Tr>
        </Thead>
        <Tbody>
          {passkeys.map((passkey) => (
            <Tr key={passkey.id}>
              <Td dataLabel={t('passkey.name')}>{passkey.name}</Td>
              <Td dataLabel={t('passkey.kind')}>{t(passkey.synced ? 'passkey.synced' : 'passkey.bound')}</Td>
              <Td dataLabel={t('passkey.lastUsed')}>
                <When at={passkey.lastUsedAt ?? passkey.createdAt} />
              </Td>
              {onRemove !== undefined && (
                <Td isActionCell>
                  <Button
                    variant="link"
                    isDanger
                    isInline
                    isDisabled={passkeys.length === 1}
                    onClick={() => removal.ask(passkey)}
                    aria-label={t('passkey.removeOf', { name: passkey.name })}
                  >
                    {t('passkey.remove')}
                  </Button>
                </Td>
              )}
            </Tr>
          ))}
        </Tbody>
      </Table>
      {removal.dialog}
    </>
  );
}
