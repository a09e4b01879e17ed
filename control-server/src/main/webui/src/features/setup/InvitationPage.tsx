import { Content } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { client, read } from '../../api/client';
import type { PasskeyCreation, RoleGrant, Session } from '../../api/model';
import { makePasskey } from '../../api/passkey';
import { sessionQuery } from '../../api/queries';
import { Door } from '../../app/Door';
import { Loading } from '../../ui/Loading';
import { PasskeyAlert } from '../../ui/PasskeyAlert';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RoleList } from '../../ui/RoleList';
import { PasskeyForm } from './PasskeyForm';
import { UnusableLink } from './SetupPage';

interface Check {
  valid: boolean;
  name?: string;
  roles?: RoleGrant[];
}

/** Where an invitation's link leads: its holder registers a passkey and is in. */
export function InvitationPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const token = params.get('token') ?? '';
  const navigate = useNavigate();
  const queries = useQueryClient();
  const link = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => read<Check>(client.GET('/api/v1/invitations/acceptance', { params: { query: { token } } })),
    enabled: token !== '',
    staleTime: Infinity,
  });
  const accept = useMutation({
    mutationFn: async (passkeyName: string) => {
      const options = await read<PasskeyCreation>(
        client.POST('/api/v1/invitations/acceptance/options', { body: { token } }),
      );
      const passkey = { name: passkeyName, answer: await makePasskey(options) };
      return read<Session>(client.POST('/api/v1/invitations/acceptance', { body: { token, passkey } }));
    },
    onSuccess: async (session) => {
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, session);
      await navigate('/', { replace: true });
    },
  });
  if (token !== '' && link.isPending) {
    return <Loading />;
  }
  if (link.isError) {
    return (
      <Door title={t('invitation.title')}>
        <ProblemAlert error={link.error} onRetry={() => void link.refetch()} />
      </Door>
    );
  }
  if (link.data?.valid !== true) {
    return (
      <UnusableLink title={t('invitation.title')} headline={t('invitation.usedTitle')} advice={t('invitation.used')} />
    );
  }
  const { name = '', roles } = link.data;
  return (
    <Door title={t('invitation.welcome', { name })} lead={t('invitation.lead')}>
      {roles !== undefined && (
        <div>
          <Content component="p">{t('invitation.roles')}</Content>
          <RoleList roles={roles} />
        </div>
      )}
      {accept.isError && <PasskeyAlert error={accept.error} />}
      <PasskeyForm
        submit={t('passkey.make')}
        isReady
        isBusy={accept.isPending}
        onSubmit={(passkeyName) => accept.mutate(passkeyName)}
      />
    </Door>
  );
}
