import {
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { NewlyMadeDestination } from '../../api/model';
import { exportsQuery } from '../../api/queries';
import { FormModal } from '../../ui/FormModal';
import { SecretModal } from '../../ui/SecretModal';

const FORMATS = { SYSLOG: ['PLAIN', 'CEF', 'OCSF'], WEBHOOK: ['PLAIN', 'OCSF'] } as const;
type Transport = keyof typeof FORMATS;
type Format = (typeof FORMATS)[Transport][number];

/** Asks where to, and shows a webhook's secret, once. */
export function AddDestination({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [transport, setTransport] = useState<Transport>('SYSLOG');
  const [format, setFormat] = useState<Format>('PLAIN');
  const [address, setAddress] = useState('');
  const [anchor, setAnchor] = useState('');
  const create = useMutation({
    mutationFn: () =>
      read<NewlyMadeDestination>(
        client.POST('/api/v1/export-destinations', {
          body: { name: name.trim(), transport, format, address: address.trim(), ...(anchor.trim() === '' ? {} : { anchor }) },
        }),
      ),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: exportsQuery.queryKey });
      if (made.secret === null || made.secret === undefined) {
        onClose();
      }
    },
  });
  const secret = create.data?.secret;
  if (secret !== null && secret !== undefined) {
    return (
      <SecretModal
        title={t('sending.secretTitle')}
        warning={t('sending.secretBody')}
        label={t('sending.secretTitle')}
        secret={secret}
        onClose={onClose}
      />
    );
  }
  return (
    <FormModal
      title={t('exports.add')}
      confirm={t('exports.begin')}
      isReady={name.trim() !== '' && address.trim() !== ''}
      isBusy={create.isPending}
      error={create.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            create.mutate();
          }}
        >
          <FormGroup label={t('exports.name')} fieldId="export-name" isRequired>
            <TextInput id="export-name" value={name} maxLength={100} isRequired onChange={(_event, typed) => setName(typed)} />
          </FormGroup>
          <FormGroup label={t('exports.transport')} fieldId="export-transport">
            <FormSelect
              id="export-transport"
              value={transport}
              onChange={(_event, chosen) => {
                setTransport(chosen as Transport);
                setFormat('PLAIN');
              }}
            >
              {(Object.keys(FORMATS) as Transport[]).map((one) => (
                <FormSelectOption key={one} value={one} label={t(`exports.${one}`)} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label={t('exports.format')} fieldId="export-format">
            <FormSelect id="export-format" value={format} onChange={(_event, chosen) => setFormat(chosen as Format)}>
              {FORMATS[transport].map((one) => (
                <FormSelectOption key={one} value={one} label={t(`exports.${one}`)} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label={t('exports.address')} fieldId="export-address" isRequired>
            <TextInput
              id="export-address"
              value={address}
              isRequired
              placeholder={transport === 'SYSLOG' ? 'log.city.example:6514' : 'https://siem.city.example/events'}
              onChange={(_event, typed) => setAddress(typed)}
            />
          </FormGroup>
          <FormGroup label={t('exports.anchor')} fieldId="export-anchor">
            <TextArea id="export-anchor" value={anchor} rows={4} resizeOrientation="vertical" onChange={(_event, typed) => setAnchor(typed)} />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>{t('exports.anchorHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      )}
    />
  );
}
