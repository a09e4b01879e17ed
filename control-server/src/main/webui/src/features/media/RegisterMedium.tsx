import { Checkbox, Form, FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import { SEGMENTS, type Medium, type Segment } from '../../api/model';
import { toProblem } from '../../api/problem';
import { FormModal } from '../../ui/FormModal';
import { useWord } from '../../ui/words';
import { endOf } from './lastDay';
import { MediumFields } from './MediumFields';

/** An attempt that a medium is taken from: then nobody types its numbers. */
export interface MediumSource {
  terminal: string;
  seq: number;
  segment: Segment;
  /** What it shows itself as. */
  name: string;
  owner: string;
}

interface RegisterMediumProps {
  from?: MediumSource;
  onClose: () => void;
  onRegistered: (medium: Medium) => void;
}

/** Registers a medium: straight from an attempt, or by what is printed on it. */
export function RegisterMedium({ from, onClose, onRegistered }: RegisterMediumProps) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [segment, setSegment] = useState<Segment>(from?.segment ?? 'MY_NUMBER');
  const [draft, setDraft] = useState({ name: from?.name ?? '', owner: from?.owner ?? '', note: '', lastDay: '' });
  const [device, setDevice] = useState({ vendorId: '', productId: '', serial: '', hash: '' });
  const [isShared, setShared] = useState(false);
  const register = useMutation({
    mutationFn: () =>
      read<Medium>(
        client.POST('/api/v1/media', {
          body: {
            segment,
            name: draft.name.trim(),
            owner: draft.owner.trim(),
            note: draft.note.trim(),
            expiresAt: endOf(draft.lastDay),
            ...(from === undefined ? { device: stated(device) } : { event: { terminal: from.terminal, seq: from.seq } }),
            ...(isShared ? { sharedIdentity: true } : {}),
          },
        }),
      ),
    onSuccess: async (medium) => {
      await queries.invalidateQueries({ queryKey: ['media'] });
      onRegistered(medium);
    },
  });
  const isTaken = register.isError && toProblem(register.error).problem.code === 'already-registered';
  const isWhole = device.hash.trim() !== '' || [device.vendorId, device.productId, device.serial].every((part) => part.trim() !== '');
  const number = (field: keyof typeof device, label: string, length: number, pattern?: string) => (
    <FormGroup label={label} fieldId={`medium-${field}`}>
      <TextInput
        id={`medium-${field}`}
        value={device[field]}
        maxLength={length}
        pattern={pattern}
        className="sk-mono"
        onChange={(_event, typed) => setDevice({ ...device, [field]: typed })}
      />
    </FormGroup>
  );
  return (
    <FormModal
      title={t(from === undefined ? 'media.register' : 'media.registerFrom')}
      confirm={t('media.register')}
      isReady={draft.name.trim() !== '' && (from !== undefined || isWhole)}
      isBusy={register.isPending}
      error={register.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            register.mutate();
          }}
        >
          {from !== undefined && <p>{t('media.fromEvent')}</p>}
          <MediumFields draft={draft} onChange={setDraft} />
          {from === undefined && (
            <>
              <FormGroup label={t('terminals.segment')} fieldId="medium-segment">
                <FormSelect id="medium-segment" value={segment} onChange={(_event, chosen) => setSegment(chosen as Segment)}>
                  {SEGMENTS.map((one) => (
                    <FormSelectOption key={one} value={one} label={word('segment', one)} />
                  ))}
                </FormSelect>
              </FormGroup>
              <p className="sk-subtle">{t('media.deviceHelp')}</p>
              {number('vendorId', t('media.vendor'), 4, '[0-9A-Fa-f]{4}')}
              {number('productId', t('media.product'), 4, '[0-9A-Fa-f]{4}')}
              {number('serial', t('media.serial'), 255)}
              {number('hash', t('media.hash'), 64, '[0-9A-Fa-f]{64}')}
            </>
          )}
          {isTaken && (
            <Checkbox
              id="medium-shared"
              label={t('media.shared')}
              description={t('media.sharedHelp')}
              isChecked={isShared}
              onChange={(_event, checked) => setShared(checked)}
            />
          )}
        </Form>
      )}
    />
  );
}

function stated<T extends Record<string, string>>(device: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(device).flatMap(([field, typed]) => (typed.trim() === '' ? [] : [[field, typed.trim()]])),
  ) as Partial<T>;
}
