import { Button, Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client } from '../../api/client';
import { ownPasskeysQuery, ownTokensQuery } from '../../api/queries';
import { useSession } from '../../app/session';
import { ConfirmModal } from '../../ui/ConfirmModal';
import { Loading } from '../../ui/Loading';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RoleList } from '../../ui/RoleList';
import { PasskeyTable } from '../operators/PasskeyTable';
import { TokenTable } from '../operators/TokenTable';
import { AddPasskey } from './AddPasskey';

/** One's own ways in: passkeys, the tokens of one's commands, and signing out everywhere. */
export function AccountPage() {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAdding, setAdding] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const passkeys = useQuery(ownPasskeysQuery);
  const tokens = useQuery(ownTokensQuery);
  const removePasskey = useMutation({
    mutationFn: (id: string) => client.DELETE('/api/v1/account/passkeys/{id}', { params: { path: { id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ownPasskeysQuery.queryKey }),
  });
  const revokeToken = useMutation({
    mutationFn: (id: string) => client.DELETE('/api/v1/account/tokens/{id}', { params: { path: { id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ownTokensQuery.queryKey }),
  });
  const leave = useMutation({
    mutationFn: () => client.DELETE('/api/v1/session/all'),
    onSuccess: async () => {
      await navigate('/sign-in?ended');
      queries.clear();
    },
  });

  return (
    <PageFrame
      title={t('account.title')}
      lead={t('account.lead')}
      actions={
        <Button variant="secondary" onClick={() => setLeaving(true)}>
          {t('account.signOutAll')}
        </Button>
      }
    >
      <div className="sk-stack">
        <Card>
          <CardTitle component="h2">{t('roles.title')}</CardTitle>
          <CardBody>
            <RoleList roles={session.grants} />
          </CardBody>
        </Card>
        <Card>
          <CardTitle component="h2">{t('account.passkeys')}</CardTitle>
          <CardBody className="sk-stack">
            {passkeys.isPending && <Loading />}
            {passkeys.isError && <ProblemAlert error={passkeys.error} onRetry={() => void passkeys.refetch()} />}
            {passkeys.data !== undefined && (
              <PasskeyTable
                passkeys={passkeys.data.items}
                onRemove={(id) => removePasskey.mutateAsync(id)}
              />
            )}
            <div>
              <Button variant="secondary" onClick={() => setAdding(true)}>
                {t('passkey.add')}
              </Button>
            </div>
          </CardBody>
        </Card>
        <Card>
          <CardTitle component="h2">{t('account.tokens')}</CardTitle>
          <CardBody>
            {tokens.isPending && <Loading />}
            {tokens.isError && <ProblemAlert error={tokens.error} onRetry={() => void tokens.refetch()} />}
            {tokens.data !== undefined && (
              <TokenTable
                tokens={tokens.data.items}
                onRevoke={(id) => revokeToken.mutateAsync(id)}
              />
            )}
          </CardBody>
        </Card>
      </div>
      {isAdding && <AddPasskey onClose={() => setAdding(false)} />}
      {isLeaving && (
        <ConfirmModal
          title={t('account.signOutAllTitle')}
          body={t('account.signOutAllBody')}
          confirm={t('account.signOutAll')}
          isBusy={leave.isPending}
          error={leave.error}
          onConfirm={() => leave.mutate()}
          onClose={() => setLeaving(false)}
        />
      )}
    </PageFrame>
  );
}
