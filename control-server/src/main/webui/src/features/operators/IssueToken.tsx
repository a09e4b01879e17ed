import { Form, FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { Operator, RoleGrant } from '../../api/model';
import { operatorTokensQuery } from '../../api/queries';
import { FormModal } from '../../ui/FormModal';
import { RolesField, sendable } from '../../ui/RolesField';
import { SecretModal } from '../../ui/SecretModal';

/** Days that a token may live; the server allows 400. */
const LIVES = [1, 30, 90, 365] as const;

/** Asks what an operator's token shall allow and for how long, then shows it, once. */
export function IssueToken({ operator, onClose }: { operator: Operator; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [label, setLabel] = useState('');
  const [roles, setRoles] = useState<RoleGrant[]>(operator.roles);
  const [days, setDays] = useState(90);
  const issue = useMutation({
    mutationFn: () =>
      read<{ token: string }>(
        client.POST('/api/v1/operators/{id}/tokens', {
          params: { path: { id: operator.id } },
          body: { label: label.trim(), roles: sendable(roles), expiresAt: new Date(Date.now() + days * 86_400_000).toISOString() },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: operatorTokensQuery(operator.id).queryKey }),
  });
  if (issue.isSuccess) {
    return (
      <SecretModal
        title={t('operatorTokens.issue')}
        warning={t('operatorTokens.shown')}
        label={t('signIn.token')}
        secret={issue.data.token}
        onClose={onClose}
      />
    );
  }
  return (
    <FormModal
      title={t('operatorTokens.issue')}
      confirm={t('operatorTokens.issue')}
      size="medium"
      isReady
      isBusy={issue.isPending}
      error={issue.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            issue.mutate();
          }}
        >
          <FormGroup label={t('operatorTokens.label')} fieldId="issue-label">
            <TextInput id="issue-label" value={label} maxLength={100} onChange={(_event, text) => setLabel(text)} autoComplete="off" />
          </FormGroup>
          <RolesField value={roles} onChange={setRoles} />
          <FormGroup label={t('tokens.expires')} fieldId="issue-life">
            <FormSelect id="issue-life" value={days} onChange={(_event, value) => setDays(Number(value))}>
              {LIVES.map((life) => (
                <FormSelectOption key={life} value={life} label={t('tokens.days', { count: life })} />
              ))}
            </FormSelect>
          </FormGroup>
        </Form>
      )}
    />
  );
}
