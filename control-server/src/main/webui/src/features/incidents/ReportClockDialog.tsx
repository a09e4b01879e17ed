import {
  Button,
  Checkbox,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '../../api/model';
import { ProblemAlert } from '../../ui/ProblemAlert';

export interface ClockChange {
  knownAt?: string;
  wrongful: boolean;
  people?: number;
  preliminaryAt?: string;
  finalAt?: string;
}

interface ReportClockDialogProps {
  before: Incident['clock'];
  isBusy: boolean;
  error: unknown;
  onSave: (change: ClockChange) => void;
  onClose: () => void;
}

/** Since when a leak is known, and which reports were handed in; times in the reader's zone. */
export function ReportClockDialog({ before, isBusy, error, onSave, onClose }: ReportClockDialogProps) {
  const { t } = useTranslation();
  const [known, setKnown] = useState(() => local(before?.knownAt ?? new Date().toISOString()));
  const [wrongful, setWrongful] = useState(before?.wrongful ?? false);
  const [people, setPeople] = useState(before?.people?.toString() ?? '');
  const [preliminary, setPreliminary] = useState(() => local(before?.preliminaryAt));
  const [final, setFinal] = useState(() => local(before?.finalAt));
  const missing = known === '' || !/^\d*$/.test(people);
  const time = (id: string, label: string, value: string, set: (text: string) => void, isRequired: boolean) => (
    <FormGroup label={label} isRequired={isRequired} fieldId={id}>
      <TextInput id={id} type="datetime-local" value={value} onChange={(_event, text) => set(text)} />
    </FormGroup>
  );
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="clock-title">
      <ModalHeader title={t('incidents.clock')} labelId="clock-title" />
      <ModalBody className="sk-stack">
        {error !== null && <ProblemAlert error={error} />}
        <Form
          id="clock-form"
          onSubmit={(submit) => {
            submit.preventDefault();
            if (!missing) {
              onSave({
                knownAt: new Date(known).toISOString(),
                wrongful,
                ...(people === '' ? {} : { people: Number(people) }),
                ...(preliminary === '' ? {} : { preliminaryAt: new Date(preliminary).toISOString() }),
                ...(final === '' ? {} : { finalAt: new Date(final).toISOString() }),
              });
            }
          }}
        >
          {time('clock-known', t('incidents.clockKnown'), known, setKnown, true)}
          <Checkbox
            id="clock-wrongful"
            label={t('incidents.clockWrongful')}
            isChecked={wrongful}
            onChange={(_event, checked) => setWrongful(checked)}
          />
          <FormGroup label={t('incidents.clockPeople')} fieldId="clock-people">
            <TextInput
              id="clock-people"
              inputMode="numeric"
              value={people}
              maxLength={9}
              onChange={(_event, text) => setPeople(text)}
            />
          </FormGroup>
          {time('clock-preliminary', t('incidents.clockPreliminaryAt'), preliminary, setPreliminary, false)}
          {time('clock-final', t('incidents.clockFinalAt'), final, setFinal, false)}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="clock-form" isDisabled={missing || isBusy} isLoading={isBusy}>
          {t('incidents.save')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** As a field for a time takes it, down to the minute; empty for none. */
function local(at: string | null | undefined): string {
  if (at == null) {
    return '';
  }
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
