import {
  Button,
  Content,
  Form,
  FormGroup,
  InputGroup,
  InputGroupItem,
  TextInput,
} from '@patternfly/react-core';
import { EyeIcon, EyeSlashIcon } from '@patternfly/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { client, read } from '../../api/client';
import type { Session } from '../../api/model';
import { toProblem } from '../../api/problem';
import { sessionQuery } from '../../api/queries';
import { Door } from '../../app/Door';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Notice } from '../../ui/Notice';

/** Signs in by an operator token; afterwards the browser holds a session cookie only. */
export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const queries = useQueryClient();
  const [token, setToken] = useState('');
  const [isShown, setShown] = useState(false);
  const signIn = useMutation({
    mutationFn: () => read<Session>(client.POST('/api/v1/session', { body: { token: token.trim() } })),
    onSuccess: async (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      await navigate(ownPath(params.get('next')), { replace: true });
    },
  });
  const refused = signIn.isError && [400, 401, 403].includes(toProblem(signIn.error).status);

  return (
    <Door title={t('signIn.title')} lead={t('signIn.lead')}>
      {params.has('ended') && signIn.isIdle && <Notice variant="success" title={t('signIn.ended')} />}
      {signIn.isError &&
        (refused ? (
          <Notice variant="danger" title={t('signIn.wrong')} />
        ) : (
          <ProblemAlert error={signIn.error} />
        ))}
      <Form
        onSubmit={(submit) => {
          submit.preventDefault();
          if (token.trim() !== '') {
            signIn.mutate();
          }
        }}
      >
        <FormGroup label={t('signIn.token')} isRequired fieldId="token">
          <InputGroup>
            <InputGroupItem isFill>
              <TextInput
                id="token"
                type={isShown ? 'text' : 'password'}
                value={token}
                onChange={(_event, text) => setToken(text)}
                isRequired
                autoFocus
                autoComplete="current-password"
                spellCheck={false}
                validated={refused ? 'error' : 'default'}
              />
            </InputGroupItem>
            <InputGroupItem>
              <Button
                variant="control"
                aria-label={t(isShown ? 'signIn.hide' : 'signIn.show')}
                icon={isShown ? <EyeSlashIcon /> : <EyeIcon />}
                onClick={() => setShown(!isShown)}
              />
            </InputGroupItem>
          </InputGroup>
        </FormGroup>
        <Button type="submit" isBlock isLoading={signIn.isPending} isDisabled={signIn.isPending || token.trim() === ''}>
          {t('signIn.submit')}
        </Button>
      </Form>
      <Content component="small">{t('signIn.first')}</Content>
    </Door>
  );
}

/** Only a path of this console: an address in the query must not lead elsewhere after sign-in. */
export function ownPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}
