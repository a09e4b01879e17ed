import { Button, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { client, read } from '../../api/client';
import type { PasskeyCreation, Session } from '../../api/model';
import { makePasskey } from '../../api/passkey';
import { sessionQuery } from '../../api/queries';
import { Door } from '../../app/Door';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { PasskeyAlert } from '../../ui/PasskeyAlert';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { PasskeyForm } from './PasskeyForm';

/** The link that the server prints at its first start leads here: its holder registers a passkey as the first administrator. */
export function SetupPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const token = params.get('token') ?? '';
  const link = useQuery({
    queryKey: ['setup', token],
    queryFn: () => read<{ valid: boolean }>(client.GET('/api/v1/setup', { params: { query: { token } } })),
    enabled: token !== '',
    staleTime: Infinity,
  });
  if (token !== '' && link.isPending) {
    return <Loading />;
  }
  if (link.isError) {
    return (
      <Door title={t('setup.title')}>
        <ProblemAlert error={link.error} onRetry={() => void link.refetch()} />
      </Door>
    );
  }
  return link.data?.valid === true ? (
    <Register link={token} />
  ) : (
    <UnusableLink title={t('setup.title')} headline={t('setup.usedTitle')} advice={t('setup.used')} />
  );
}

function Register({ link }: { link: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const register = useMutation({
    mutationFn: async (passkeyName: string) => {
      const who = { token: link, name: name.trim() };
      const options = await read<PasskeyCreation>(client.POST('/api/v1/setup/options', { body: who }));
      const passkey = { name: passkeyName, answer: await makePasskey(options) };
      return read<Session>(client.POST('/api/v1/setup', { body: { ...who, passkey } }));
    },
    onSuccess: async (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      await navigate('/', { replace: true });
    },
  });
  return (
    <Door title={t('setup.title')} lead={t('setup.lead')}>
      {register.isError && <PasskeyAlert error={register.error} />}
      <PasskeyForm
        submit={t('setup.submit')}
        isReady={name.trim() !== ''}
        isBusy={register.isPending}
        onSubmit={(passkeyName) => register.mutate(passkeyName)}
      >
        <FormGroup label={t('setup.name')} isRequired fieldId="name">
          <TextInput
            id="name"
            value={name}
            maxLength={100}
            onChange={(_event, typed) => setName(typed)}
            isRequired
            autoFocus
            autoComplete="name"
            aria-describedby="name-help"
          />
          <FormHelperText>
            <HelperText>
              <HelperTextItem id="name-help">{t('setup.nameHelp')}</HelperTextItem>
            </HelperText>
          </FormHelperText>
        </FormGroup>
      </PasskeyForm>
    </Door>
  );
}

/** A link that lets nobody in any more, and where to go instead. */
export function UnusableLink({ title, headline, advice }: { title: string; headline: string; advice: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Door title={title}>
      <Notice variant="warning" title={headline}>
        {advice}
      </Notice>
      <Button isBlock variant="secondary" onClick={() => void navigate('/sign-in')}>
        {t('setup.toSignIn')}
      </Button>
    </Door>
  );
}
