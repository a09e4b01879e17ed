import { Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextArea, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { MailServer } from '../../api/model';
import { mailServerQuery } from '../../api/queries';
import { FormModal } from '../../ui/FormModal';
import { useWord } from '../../ui/words';

/** As RFC 6409 and RFC 8314 name them. */
const PORTS = { STARTTLS: 587, TLS: 465 } as const;

/** The mail server's settings. The password is never shown; left empty it stays. */
export function MailServerDialog({ server, onClose }: { server: MailServer | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [host, setHost] = useState(server?.host ?? '');
  const [security, setSecurity] = useState<MailServer['security']>(server?.security ?? 'STARTTLS');
  const [port, setPort] = useState(String(server?.port ?? PORTS.STARTTLS));
  const [sender, setSender] = useState(server?.sender ?? '');
  const [user, setUser] = useState(server?.user ?? '');
  const [password, setPassword] = useState('');
  const [anchor, setAnchor] = useState(server?.anchor ?? '');
  const save = useMutation({
    mutationFn: () =>
      read<MailServer>(
        client.PUT('/api/v1/mail-server', {
          body: {
            host: host.trim(),
            port: Number(port),
            security,
            sender: sender.trim(),
            version: server?.version ?? 0,
            ...(user.trim() === '' ? {} : { user: user.trim() }),
            ...(password === '' ? {} : { password }),
            ...(anchor.trim() === '' ? {} : { anchor }),
          },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: mailServerQuery.queryKey }),
    onSuccess: onClose,
  });
  const isPort = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return (
    <FormModal
      title={t('notifications.mailServer')}
      confirm={t('notifications.save')}
      isReady={host.trim() !== '' && sender.includes('@') && isPort}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            save.mutate();
          }}
        >
          <FormGroup label={t('notifications.host')} isRequired fieldId="mail-host">
            <TextInput id="mail-host" value={host} isRequired placeholder="mail.city.example" onChange={(_event, typed) => setHost(typed)} />
          </FormGroup>
          <FormGroup label={t('notifications.security')} fieldId="mail-security">
            <FormSelect
              id="mail-security"
              value={security}
              onChange={(_event, chosen) => {
                setSecurity(chosen as MailServer['security']);
                setPort(String(PORTS[chosen as MailServer['security']]));
              }}
            >
              {(['STARTTLS', 'TLS'] as const).map((one) => (
                <FormSelectOption key={one} value={one} label={word('mailSecurity', one)} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label={t('notifications.port')} isRequired fieldId="mail-port">
            <TextInput id="mail-port" value={port} inputMode="numeric" isRequired onChange={(_event, typed) => setPort(typed)} />
          </FormGroup>
          <FormGroup label={t('notifications.sender')} isRequired fieldId="mail-sender">
            <TextInput id="mail-sender" type="email" value={sender} isRequired placeholder="sekisho@city.example" onChange={(_event, typed) => setSender(typed)} />
          </FormGroup>
          <FormGroup label={t('notifications.user')} fieldId="mail-user">
            <TextInput id="mail-user" value={user} autoComplete="off" onChange={(_event, typed) => setUser(typed)} aria-describedby="mail-user-help" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="mail-user-help">{t('notifications.userHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label={t('notifications.password')} fieldId="mail-password">
            <TextInput id="mail-password" type="password" value={password} autoComplete="new-password" onChange={(_event, typed) => setPassword(typed)} aria-describedby="mail-password-help" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="mail-password-help">{t('notifications.passwordHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label={t('notifications.anchor')} fieldId="mail-anchor">
            <TextArea id="mail-anchor" value={anchor} rows={3} resizeOrientation="vertical" onChange={(_event, typed) => setAnchor(typed)} />
          </FormGroup>
        </Form>
      )}
    />
  );
}
