import { Button, Form, FormGroup, InputGroup, InputGroupItem, TextInput } from '@patternfly/react-core';
import { EyeIcon, EyeSlashIcon } from '@patternfly/react-icons';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { Session } from '../../api/model';
import { toProblem } from '../../api/problem';
import { Notice } from '../../ui/Notice';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** Signs in by an operator token; afterwards the browser holds a session cookie only. */
export function TokenSignIn({ onSignedIn }: { onSignedIn: (session: Session) => Promise<void> }) {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  const [isShown, setShown] = useState(false);
  const signIn = useMutation({
    mutationFn: () => read<Session>(client.POST('/api/v1/session', { body: { token: token.trim() } })),
    onSuccess: onSignedIn,
  });
  const refused = signIn.isError && [400, 401, 403].includes(toProblem(signIn.error).status);
  return (
    <Form
      onSubmit={(submit) => {
        submit.preventDefault();
        if (token.trim() !== '') {
          signIn.mutate();
        }
      }}
    >
      {signIn.isError &&
        (refused ? <Notice variant="danger" title={t('signIn.wrong')} /> : <ProblemAlert error={signIn.error} />)}
      <FormGroup label={t('signIn.token')} isRequired fieldId="token">
        <InputGroup>
          <InputGroupItem isFill>
            <TextInput
              id="token"
              type={isShown ? 'text' : 'password'}
              value={token}
              onChange={(_event, typed) => setToken(typed)}
              isRequired
              autoComplete="off"
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
      <Button
        type="submit"
        variant="secondary"
        isBlock
        isLoading={signIn.isPending}
        isDisabled={signIn.isPending || token.trim() === ''}
      >
        {t('signIn.submit')}
      </Button>
    </Form>
  );
}
