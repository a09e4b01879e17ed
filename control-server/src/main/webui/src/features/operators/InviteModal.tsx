import { Button, Form, FormGroup, FormSelect, FormSelectOption, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { Invitation, RoleGrant } from '../../api/model';
import { invitationsQuery } from '../../api/queries';
import { useSession } from '../../app/session';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RolesField, sendable } from '../../ui/RolesField';
import { LinkModal } from './LinkModal';

/** Days that a link may hold; the server allows 14. */
const LIVES = [1, 3, 7, 14] as const;

/** Asks whom to invite to what, then shows the link, once. */
export function InviteModal({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const { grants } = useSession();
  // Whoever is limited to a branch invites for it.
  const branch = grants.find(({ role }) => role === 'administrator')?.branch;
  const [roles, setRoles] = useState<RoleGrant[]>([{ role: 'responder', ...(branch != null && { branch }) }]);
  const [days, setDays] = useState(3);
  const invite = useMutation({
    mutationFn: () =>
      read<Invitation>(
        client.POST('/api/v1/invitations', {
          body: {
            name: name.trim(),
            roles: sendable(roles),
            expiresAt: new Date(Date.now() + days * 86_400_000 - 60_000).toISOString(),
            ...(email.trim() === '' ? {} : { email: email.trim() }),
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  const link = invite.data?.link;
  if (link !== undefined && link !== null) {
    return <LinkModal title={t('operators.invited', { name: name.trim() })} link={link} onClose={onClose} />;
  }
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="invite-title">
      <ModalHeader title={t('operators.invite')} labelId="invite-title" />
      <ModalBody className="sk-stack">
        {invite.isError && <ProblemAlert error={invite.error} />}
        <Form
          id="invite-form"
          onSubmit={(submit) => {
            submit.preventDefault();
            if (name.trim() !== '') {
              invite.mutate();
            }
          }}
        >
          <FormGroup label={t('operators.name')} isRequired fieldId="invite-name">
            <TextInput id="invite-name" value={name} maxLength={200} isRequired onChange={(_event, text) => setName(text)} autoComplete="off" />
          </FormGroup>
          <FormGroup label={t('operators.email')} fieldId="invite-email">
            <TextInput id="invite-email" value={email} maxLength={254} onChange={(_event, text) => setEmail(text)} autoComplete="off" />
          </FormGroup>
          <RolesField value={roles} onChange={setRoles} />
          <FormGroup label={t('tokens.expires')} fieldId="invite-life">
            <FormSelect id="invite-life" value={days} onChange={(_event, value) => setDays(Number(value))}>
              {LIVES.map((life) => (
                <FormSelectOption key={life} value={life} label={t('tokens.days', { count: life })} />
              ))}
            </FormSelect>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="invite-form" isDisabled={invite.isPending || name.trim() === ''} isLoading={invite.isPending}>
          {t('operators.makeLink')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
