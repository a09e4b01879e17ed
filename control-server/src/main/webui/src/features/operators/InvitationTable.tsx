import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { Invitation } from '../../api/model';
import { invitationsQuery } from '../../api/queries';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RoleList } from '../../ui/RoleList';
import { useRemoval } from '../../ui/useRemoval';
import { When } from '../../ui/When';

/** Invitations of late, the open ones to be withdrawn. */
export function InvitationTable({ mayWithdraw }: { mayWithdraw: boolean }) {
  const { t } = useTranslation();
  const invitations = useQuery(invitationsQuery);
  const removal = useRemoval<Invitation>({
    remove: ({ id }) => client.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } }),
    stale: invitationsQuery.queryKey,
    texts: ({ name }) => ({ title: t('operators.withdrawTitle', { name }), body: t('operators.withdrawBody'), confirm: t('operators.withdraw') }),
  });
  if (invitations.isPending) {
    return <Loading />;
  }
  if (invitations.isError) {
    return <ProblemAlert error={invitations.error} onRetry={() => void invitations.refetch()} />;
  }
  if (invitations.data.items.length === 0) {
    return <p>{t('operators.noInvitations')}</p>;
  }
  return (
    <>
      <Table aria-label={t('operators.invitations')} variant="compact">
        <Thead>
          <Tr>
            <Th>{t('operators.name')}</Th>
            <Th>{t('operators.email')}</Th>
            <Th>{t('roles.title')}</Th>
            <Th>{t('operators.state')}</Th>
            <Th>{t('tokens.expiresAt')}</Th>
            {mayWithdraw && <Th screenReaderText={t('tokens.actions')} />}
          </Tr>
        </Thead>
        <Tbody>
          {invitations.data.items.map((invitation) => (
            <Tr key={invitation.id}>
              <Td dataLabel={t('operators.name')}>{invitation.name}</Td>
              <Td dataLabel={t('operators.email')}>{invitation.email ?? t('common.none')}</Td>
              <Td dataLabel={t('roles.title')}>
                {invitation.roles === undefined || invitation.roles === null ? (
                  t('operators.anotherPasskey')
                ) : (
                  <RoleList roles={invitation.roles} />
                )}
              </Td>
              <Td dataLabel={t('operators.state')}>{t(`invitationState.${invitation.state}`)}</Td>
              <Td dataLabel={t('tokens.expiresAt')}>
                <When at={invitation.expiresAt} />
              </Td>
              {mayWithdraw && (
                <Td isActionCell modifier="nowrap">
                  {invitation.state === 'OPEN' && (
                    <Button
                      variant="link"
                      isDanger
                      isInline
                      onClick={() => removal.ask(invitation)}
                      aria-label={t('operators.withdrawOf', { name: invitation.name })}
                    >
                      {t('operators.withdraw')}
                    </Button>
                  )}
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
