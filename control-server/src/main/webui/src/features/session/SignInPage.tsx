import { Button, Content, ExpandableSection } from '@patternfly/react-core';
import { KeyIcon } from '@patternfly/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { client, read } from '../../api/client';
import type { PasskeyRequest, Session } from '../../api/model';
import { canUsePasskeys, usePasskeyOf as signByPasskey } from '../../api/passkey';
import { toProblem } from '../../api/problem';
import { sessionQuery, signInMethodsQuery } from '../../api/queries';
import { Door } from '../../app/Door';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { PasskeyAlert } from '../../ui/PasskeyAlert';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { TokenSignIn } from './TokenSignIn';

/** Signs in by a passkey; by an operator token too where the installation allows it. */
export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const queries = useQueryClient();
  const methods = useQuery(signInMethodsQuery);
  const enter = async (session: Session) => {
    queries.setQueryData(sessionQuery.queryKey, session);
    await navigate(ownPath(params.get('next')), { replace: true });
  };
  const signIn = useMutation({
    mutationFn: async () => {
      const request = await read<PasskeyRequest>(client.POST('/api/v1/sign-in/options'));
      return read<Session>(client.POST('/api/v1/sign-in', { body: await signByPasskey(request) }));
    },
    onSuccess: enter,
  });
  const refused = signIn.isError && toProblem(signIn.error).status === 401;

  if (methods.isPending) {
    return <Loading />;
  }
  return (
    <Door title={t('signIn.title')} lead={t('signIn.lead')}>
      {params.has('ended') && signIn.isIdle && <Notice variant="success" title={t('signIn.ended')} />}
      {params.has('refused') && signIn.isIdle && <Notice variant="danger" title={t('signIn.providerRefused')} />}
      {methods.isError && <ProblemAlert error={methods.error} onRetry={() => void methods.refetch()} />}
      {refused && <Notice variant="danger" title={t('signIn.refused')} />}
      {signIn.isError && !refused && <PasskeyAlert error={signIn.error} />}
      {methods.isSuccess && (
        <>
          {canUsePasskeys(methods.data.passkeyDomain) ? (
            <Button
              isBlock
              size="lg"
              icon={<KeyIcon />}
              isLoading={signIn.isPending}
              isDisabled={signIn.isPending}
              onClick={() => signIn.mutate()}
            >
              {t('signIn.passkey')}
            </Button>
          ) : (
            <Notice variant="warning" title={t('passkey.missing')}>
              {methods.data.passkeyDomain !== null && t('passkey.useAddress', { domain: methods.data.passkeyDomain })}
            </Notice>
          )}
          {methods.data.identityProvider !== null && (
            <Button isBlock size="lg" variant="secondary" component="a" href="/api/v1/sign-in/oidc">
              {t('signIn.provider', { name: methods.data.identityProvider })}
            </Button>
          )}
          {methods.data.operatorToken && (
            <ExpandableSection toggleText={t('signIn.byToken')}>
              <TokenSignIn onSignedIn={enter} />
            </ExpandableSection>
          )}
        </>
      )}
      <Content component="small">{t('signIn.first')}</Content>
    </Door>
  );
}

/** Only a path of this console: an address in the query must not lead elsewhere after sign-in. */
export function ownPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}
