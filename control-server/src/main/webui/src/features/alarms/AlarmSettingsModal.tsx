import {
  Button,
  Checkbox,
  Flex,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { AlarmSettings } from '../../api/model';
import { alarmSettingsQuery } from '../../api/queries';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** Days of the week as ISO 8601 counts them. */
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** 2024-01-01 was a Monday. */
const nameOf = (day: number, language: string) =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day)));

/** When something is an alarm. */
export function AlarmSettingsModal({ settings, onClose }: { settings: AlarmSettings; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(settings);
  const change = (part: Partial<AlarmSettings>) => setDraft((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () => read<AlarmSettings>(client.PUT('/api/v1/alarm-settings', { body: draft })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: alarmSettingsQuery.queryKey });
      onClose();
    },
  });
  const isSound =
    draft.silentMinutes > 0 && draft.clockSeconds > 0 && draft.workingDays.length > 0 && draft.workingFrom < draft.workingUntil;
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="alarm-settings-title">
      <ModalHeader title={t('alarms.settingsTitle')} labelId="alarm-settings-title" />
      <ModalBody className="sk-stack">
        {save.isError && <ProblemAlert error={save.error} />}
        <Form
          id="alarm-settings"
          onSubmit={(submit) => {
            submit.preventDefault();
            save.mutate();
          }}
        >
          <FormGroup label={t('alarms.silentMinutes')} fieldId="silent-minutes" isRequired>
            <TextInput
              id="silent-minutes"
              type="number"
              min={1}
              max={20160}
              isRequired
              value={draft.silentMinutes}
              onChange={(_event, typed) => change({ silentMinutes: Number(typed) })}
            />
          </FormGroup>
          <Checkbox
            id="working-only"
            label={t('alarms.workingOnly')}
            description={t('alarms.workingOnlyHelp')}
            isChecked={draft.workingHoursOnly}
            onChange={(_event, workingHoursOnly) => change({ workingHoursOnly })}
          />
          {draft.workingHoursOnly && (
            <>
              <FormGroup role="group" label={t('alarms.workingDays')} fieldId="working-days">
                <Flex gap={{ default: 'gapMd' }}>
                  {DAYS.map((day) => (
                    <Checkbox
                      key={day}
                      id={`day-${day}`}
                      label={nameOf(day, i18n.language)}
                      isChecked={draft.workingDays.includes(day)}
                      onChange={(_event, isChosen) =>
                        change({
                          workingDays: isChosen ? [...draft.workingDays, day].sort() : draft.workingDays.filter((one) => one !== day),
                        })
                      }
                    />
                  ))}
                </Flex>
              </FormGroup>
              <Flex gap={{ default: 'gapMd' }}>
                <FormGroup label={t('alarms.workingFrom')} fieldId="working-from">
                  <TextInput
                    id="working-from"
                    type="time"
                    value={draft.workingFrom.slice(0, 5)}
                    onChange={(_event, workingFrom) => change({ workingFrom })}
                  />
                </FormGroup>
                <FormGroup label={t('alarms.workingUntil')} fieldId="working-until">
                  <TextInput
                    id="working-until"
                    type="time"
                    value={draft.workingUntil.slice(0, 5)}
                    onChange={(_event, workingUntil) => change({ workingUntil })}
                  />
                </FormGroup>
                <FormGroup label={t('alarms.zone')} fieldId="working-zone">
                  <TextInput id="working-zone" value={draft.zone} maxLength={64} onChange={(_event, zone) => change({ zone })} />
                </FormGroup>
              </Flex>
            </>
          )}
          <FormGroup label={t('alarms.clockSeconds')} fieldId="clock-seconds" isRequired>
            <TextInput
              id="clock-seconds"
              type="number"
              min={1}
              max={86400}
              isRequired
              value={draft.clockSeconds}
              onChange={(_event, typed) => change({ clockSeconds: Number(typed) })}
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>{t('alarms.clockHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="alarm-settings" isDisabled={!isSound || save.isPending} isLoading={save.isPending}>
          {t('alarms.save')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
