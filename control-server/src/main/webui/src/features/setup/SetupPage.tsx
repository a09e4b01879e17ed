import {
  Button,
  Checkbox,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { client, read } from '../../api/client';
import type { Session } from '../../api/model';
import { sessionQuery } from '../../api/queries';
import { Door } from '../../app/Door';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ShownOnce } from '../../ui/ShownOnce';
import { Notice } from '../../ui/Notice';

/** The link that the server prints at its first start leads here: it makes the first administrator. */
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
  const [operatorToken, setOperatorToken] = useState<string>();

  if (operatorToken !== undefined) {
    return <Registered operatorToken={operatorToken} />;
  }
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
  return link.data?.valid === true ? <Register link={token} onDone={setOperatorToken} /> : <Unusable />;
}

function Register({ link, onDone }: { link: string; onDone: (operatorToken: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const register = useMutation({
    mutationFn: () => read<{ operatorToken: string }>(client.POST('/api/v1/setup', { body: { token: link, name: name.trim() } })),
    onSuccess: (answer) => onDone(answer.operatorToken),
  });
  return (
    <Door title={t('setup.title')} lead={t('setup.lead')}>
      {register.isError && <ProblemAlert error={register.error} />}
      <Form
        onSubmit={(submit) => {
          submit.preventDefault();
          if (name.trim() !== '') {
            register.mutate();
          }
        }}
      >
        <FormGroup label={t('setup.name')} isRequired fieldId="name">
          <TextInput
            id="name"
            value={name}
            maxLength={100}
            onChange={(_event, text) => setName(text)}
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
        <Button
          type="submit"
          isBlock
          isLoading={register.isPending}
          isDisabled={register.isPending || name.trim() === ''}
        >
          {t('setup.submit')}
        </Button>
      </Form>
    </Door>
  );
}

function Registered({ operatorToken }: { operatorToken: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  const proceed = useMutation({
    mutationFn: () => read<Session>(client.POST('/api/v1/session', { body: { token: operatorToken } })),
    onSuccess: async (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      await navigate('/', { replace: true });
    },
  });
  return (
    <Door title={t('setup.doneTitle')}>
      <Notice variant="warning" title={t('setup.done')} />
      <ShownOnce label={t('setup.token')} secret={operatorToken} />
      <Checkbox
        id="saved"
        label={t('setup.saved')}
        isChecked={isSaved}
        onChange={(_event, checked) => setSaved(checked)}
      />
      {proceed.isError && <ProblemAlert error={proceed.error} />}
      <Button isBlock isDisabled={!isSaved || proceed.isPending} onClick={() => proceed.mutate()}>
        {t('setup.proceed')}
      </Button>
    </Door>
  );
}

function Unusable() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Door title={t('setup.title')}>
      <Notice variant="warning" title={t('setup.usedTitle')}>
        {t('setup.used')}
      </Notice>
      <Button isBlock variant="secondary" onClick={() => void navigate('/sign-in')}>
        {t('setup.toSignIn')}
      </Button>
    </Door>
  );
}
