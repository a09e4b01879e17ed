import { Button, Flex, Form, Title } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { Invitation, Operator, RoleGrant } from '../../api/model';
import { operatorPasskeysQuery, operatorTokensQuery } from '../../api/queries';
import { useMay, useSession } from '../../app/session';
import { ConfirmModal } from '../../ui/ConfirmModal';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RoleList } from '../../ui/RoleList';
import { RolesField, sendable } from '../../ui/RolesField';
import { IssueToken } from './IssueToken';
import { LinkModal } from './LinkModal';
import { PasskeyTable } from './PasskeyTable';
import { TokenTable } from './TokenTable';

/** One operator: roles, ways in, and ending them. */
export function OperatorDetail({ operator }: { operator: Operator }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const isSelf = useSession().operator.id === operator.id;
  const mayManage = useMay('manageOperators');
  const [roles, setRoles] = useState<RoleGrant[]>(operator.roles);
  const [isEnding, setEnding] = useState(false);
  const [isIssuing, setIssuing] = useState(false);
  const path = { id: operator.id };
  const passkeys = useQuery(operatorPasskeysQuery(operator.id));
  const tokens = useQuery(operatorTokensQuery(operator.id));
  const renew = () => queries.invalidateQueries({ queryKey: ['operators'] });

  const change = useMutation({
    mutationFn: (body: { roles?: ReturnType<typeof sendable>; disabled?: boolean }) =>
      client.PATCH('/api/v1/operators/{id}', { params: { path }, body }),
    onSuccess: async () => {
      await renew();
      setEnding(false);
    },
  });
  const signOut = useMutation({
    mutationFn: () => client.DELETE('/api/v1/operators/{id}/sessions', { params: { path } }),
  });
  const link = useMutation({
    mutationFn: () =>
      read<Invitation>(client.POST('/api/v1/invitations/for/{operator}', { params: { path: { operator: operator.id } } })),
  });
  const removePasskey = useMutation({
    mutationFn: (passkey: string) =>
      client.DELETE('/api/v1/operators/{id}/passkeys/{passkey}', { params: { path: { ...path, passkey } } }),
    onSuccess: renew,
  });
  const revoke = useMutation({
    mutationFn: (token: string) =>
      client.DELETE('/api/v1/operators/{id}/tokens/{token}', { params: { path: { ...path, token } } }),
    onSuccess: renew,
  });

  return (
    <div className="sk-stack">
      <Title headingLevel="h2">{operator.name}</Title>
      {change.isError && !isEnding && <ProblemAlert error={change.error} />}
      {mayManage && !isSelf ? (
        <Form
          onSubmit={(submit) => {
            submit.preventDefault();
            change.mutate({ roles: sendable(roles) });
          }}
        >
          <RolesField value={roles} onChange={setRoles} />
          <div>
            <Button type="submit" variant="secondary" isDisabled={change.isPending}>
              {t('operators.saveRoles')}
            </Button>
          </div>
        </Form>
      ) : (
        <RoleList roles={operator.roles} />
      )}
      {operator.kind === 'PERSON' && (
        <>
          <Title headingLevel="h3">{t('account.passkeys')}</Title>
          {passkeys.isError && <ProblemAlert error={passkeys.error} />}
          {passkeys.data !== undefined && (
            <PasskeyTable
              passkeys={passkeys.data.items}
              onRemove={mayManage ? (passkey) => removePasskey.mutateAsync(passkey) : undefined}
            />
          )}
          {link.isError && <ProblemAlert error={link.error} />}
          {mayManage && !operator.disabled && (
            <div>
              <Button variant="secondary" isDisabled={link.isPending} onClick={() => link.mutate()}>
                {t('operators.passkeyLink')}
              </Button>
            </div>
          )}
        </>
      )}
      <Title headingLevel="h3">{t('operatorTokens.title')}</Title>
      {tokens.isError && <ProblemAlert error={tokens.error} />}
      {tokens.data !== undefined && (
        <TokenTable
          tokens={tokens.data.items}
          onRevoke={mayManage ? (token) => revoke.mutateAsync(token) : undefined}
        />
      )}
      {mayManage && (
        <Flex>
          <Button variant="secondary" isDisabled={operator.disabled} onClick={() => setIssuing(true)}>
            {t('operatorTokens.issue')}
          </Button>
          <Button variant="secondary" isDisabled={signOut.isPending} onClick={() => signOut.mutate()}>
            {t(signOut.isSuccess ? 'operators.signedOut' : 'operators.signOut')}
          </Button>
          {!isSelf &&
            (operator.disabled ? (
              <Button onClick={() => change.mutate({ disabled: false })}>{t('operators.enable')}</Button>
            ) : (
              <Button variant="danger" onClick={() => setEnding(true)}>
                {t('operators.disable')}
              </Button>
            ))}
        </Flex>
      )}
      {isEnding && (
        <ConfirmModal
          title={t('operators.disableTitle', { name: operator.name })}
          body={t('operators.disableBody')}
          confirm={t('operators.disable')}
          isBusy={change.isPending}
          error={change.error}
          onConfirm={() => change.mutate({ disabled: true })}
          onClose={() => setEnding(false)}
        />
      )}
      {isIssuing && <IssueToken operator={operator} onClose={() => setIssuing(false)} />}
      {link.data?.link !== undefined && link.data.link !== null && (
        <LinkModal title={t('operators.passkeyLink')} link={link.data.link} onClose={() => link.reset()} />
      )}
    </div>
  );
}
