import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorToken } from '../../api/model';
import { RoleList } from '../../ui/RoleList';
import { useRemoval } from '../../ui/useRemoval';
import { When } from '../../ui/When';

interface TokenTableProps {
  tokens: readonly OperatorToken[];
  /** Absent: only to look at. */
  onRevoke?: (id: string) => Promise<unknown>;
}

/** Operator tokens in force, each with its roles and its end. */
export function TokenTable({ tokens, onRevoke }: TokenTableProps) {
  const { t } = useTranslation();
  const removal = useRemoval<OperatorToken>({
    remove: async ({ id }) => onRevoke?.(id),
    texts: () => ({ title: t('operatorTokens.revokeTitle'), body: t('operatorTokens.revokeBody'), confirm: t('operatorTokens.revoke') }),
  });
  const [now] = useState(() => Date.now());
  const inForce = tokens.filter((token) => !token.revoked && Date.parse(token.expiresAt) > now);
  if (inForce.length === 0) {
    return <p>{t('operatorTokens.none')}</p>;
  }
  return (
    <>
      <Table aria-label={t('operatorTokens.title')} variant="compact">
        <Thead>
          <Tr>
            <Th>{t('operatorTokens.label')}</Th>
            <Th>{t('roles.title')}</Th>
            <Th>{t('tokens.expiresAt')}</Th>
            {onRevoke !== undefined && <Th screenReaderText={t('tokens.actions')} />}
          </Tr>
        </Thead>
        <Tbody>
          {inForce.map((token) => (
            <Tr key={token.id}>
              <Td dataLabel={t('operatorTokens.label')}>{token.label === '' ? t('common.none') : token.label}</Td>
              <Td dataLabel={t('roles.title')}>
                <RoleList roles={token.roles} />
              </Td>
              <Td dataLabel={t('tokens.expiresAt')}>
                <When at={token.expiresAt} />
              </Td>
              {onRevoke !== undefined && (
                <Td isActionCell>
                  <Button
                    variant="link"
                    isDanger
                    isInline
                    onClick={() => removal.ask(token)}
                    aria-label={t('operatorTokens.revokeOf', { label: token.label })}
                  >
                    {t('operatorTokens.revoke')}
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
