import {
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  NumberInput,
  Radio,
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import { CHANNELS, type Medium, type Permit } from '../../api/model';
import type { components } from '../../api/schema.gen';
import { FormModal } from '../../ui/FormModal';
import { useWord } from '../../ui/words';
import { fromLocal, toLocal } from '../events/localTime';
import { FilesField } from './FilesField';
import { hashesIn } from './hashes';
import { MediumInput, TerminalInput, type Chosen } from './Pickers';

/** An attempt that was stopped: what is not asked is taken from it. */
export interface PermitSource {
  terminal: string;
  seq: number;
  host: string;
  user: string;
  channel: string;
}

interface GrantPermitProps {
  from?: PermitSource;
  medium?: Medium;
  onClose: () => void;
  onGranted: (permit: Permit) => void;
}

/** A working day. */
const USUAL = 8 * 3_600_000;
const CHANNEL_NAMES: readonly string[] = CHANNELS;

/** Grants a permit: for one person, at one terminal, on one way out, for a while. */
export function GrantPermit({ from, medium, onClose, onGranted }: GrantPermitProps) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [user, setUser] = useState(from?.user ?? '');
  const [terminal, setTerminal] = useState<Chosen>({ text: from?.host ?? '', id: from?.terminal });
  const [channel, setChannel] = useState(from?.channel ?? 'MEDIA');
  const [stick, setStick] = useState<Chosen>({ text: medium?.name ?? '', id: medium?.id });
  const [direction, setDirection] = useState<Permit['direction']>('OUTWARD');
  const [begin, setBegin] = useState('');
  const [until, setUntil] = useState(() => toLocal(new Date(Date.now() + USUAL).toISOString()));
  const [uses, setUses] = useState(1);
  const [reason, setReason] = useState('');
  const [hashes, setHashes] = useState('');
  const [names, setNames] = useState('');
  const isMedia = channel === 'MEDIA';
  const files = isMedia && direction === 'OUTWARD' ? hashesIn(hashes) : { hashes: [], wrong: [] };
  const grant = useMutation({
    mutationFn: () => {
      const fileNames = isMedia && direction === 'OUTWARD' ? names.split('\n').map((name) => name.trim()).filter(Boolean) : [];
      const body: components['schemas']['NewPermit'] = {
        user: user.trim(),
        terminal: terminal.id,
        channel,
        direction,
        until: fromLocal(until),
        uses,
        reason: reason.trim(),
        ...(begin === '' ? {} : { from: fromLocal(begin) }),
        ...(isMedia && stick.id !== undefined ? { medium: stick.id } : {}),
        ...(from === undefined ? {} : { event: { terminal: from.terminal, seq: from.seq } }),
        ...(files.hashes.length === 0 ? {} : { files: files.hashes }),
        ...(fileNames.length === 0 ? {} : { fileNames }),
      };
      return read<Permit>(client.POST('/api/v1/permits', { body }));
    },
    onSuccess: async (permit) => {
      await queries.invalidateQueries({ queryKey: ['permits'] });
      onGranted(permit);
    },
  });
  const isReady =
    user.trim() !== '' &&
    terminal.id !== undefined &&
    (!isMedia || from !== undefined || stick.id !== undefined) &&
    fromLocal(until) !== '' &&
    files.wrong.length === 0 &&
    reason.trim() !== '';

  return (
    <FormModal
      title={t(from === undefined ? 'permits.grant' : 'permits.grantFrom')}
      confirm={t('permits.grant')}
      size="medium"
      isReady={isReady}
      isBusy={grant.isPending}
      error={grant.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            grant.mutate();
          }}
        >
          <FormGroup label={t('permits.user')} isRequired fieldId="permit-user">
            <TextInput id="permit-user" value={user} maxLength={256} isRequired onChange={(_event, typed) => setUser(typed)} aria-describedby="permit-user-help" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="permit-user-help">{t('permits.userHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label={t('permits.terminal')} isRequired fieldId="permit-terminal">
            <TerminalInput id="permit-terminal" value={terminal} onChange={setTerminal} isDisabled={from !== undefined} />
          </FormGroup>
          {from === undefined && (
            <FormGroup label={t('permits.channel')} fieldId="permit-channel">
              <FormSelect id="permit-channel" value={channel} onChange={(_event, chosen) => setChannel(chosen)}>
                {CHANNEL_NAMES.map((one) => (
                  <FormSelectOption key={one} value={one} label={word('channel', one)} />
                ))}
              </FormSelect>
            </FormGroup>
          )}
          {isMedia && (
            <>
              {from === undefined && (
                <FormGroup label={t('permits.medium')} isRequired fieldId="permit-medium">
                  <MediumInput id="permit-medium" value={stick} onChange={setStick} />
                </FormGroup>
              )}
              <FormGroup role="radiogroup" label={t('permits.direction')} fieldId="permit-direction">
                {(['OUTWARD', 'INWARD'] as const).map((one) => (
                  <Radio
                    key={one}
                    id={`permit-${one}`}
                    name="permit-direction"
                    label={word('permitDirection', one)}
                    description={t(`permits.${one}`)}
                    isChecked={direction === one}
                    onChange={() => setDirection(one)}
                  />
                ))}
              </FormGroup>
              {direction === 'OUTWARD' && <FilesField hashes={hashes} names={names} onHashes={setHashes} onNames={setNames} />}
            </>
          )}
          <FormGroup label={t('permits.from')} fieldId="permit-from">
            <TextInput id="permit-from" type="datetime-local" value={begin} onChange={(_event, typed) => setBegin(typed)} aria-describedby="permit-from-help" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="permit-from-help">{t('permits.fromHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label={t('permits.until')} isRequired fieldId="permit-until">
            <TextInput id="permit-until" type="datetime-local" value={until} isRequired onChange={(_event, typed) => setUntil(typed)} aria-describedby="permit-until-help" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="permit-until-help">{t('permits.untilHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label={t('permits.uses')} fieldId="permit-uses">
            <NumberInput
              id="permit-uses"
              inputProps={{ id: 'permit-uses' }}
              inputAriaLabel={t('permits.uses')}
              minusBtnAriaLabel={t('permits.fewer')}
              plusBtnAriaLabel={t('permits.oneMore')}
              value={uses}
              min={0}
              max={10_000}
              onMinus={() => setUses(Math.max(0, uses - 1))}
              onPlus={() => setUses(Math.min(10_000, uses + 1))}
              onChange={(typed) => setUses(Math.min(10_000, Math.max(0, Math.trunc(Number((typed.target as HTMLInputElement).value) || 0))))}
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>{t('permits.usesHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label={t('permits.reason')} isRequired fieldId="permit-reason">
            <TextArea id="permit-reason" value={reason} maxLength={1_000} isRequired resizeOrientation="vertical" onChange={(_event, typed) => setReason(typed)} aria-describedby="permit-reason-help" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="permit-reason-help">{t('permits.reasonHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      )}
    />
  );
}
