import {
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextArea,
  Title,
} from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '../../api/model';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useIncidentChange } from './useIncidentChange';

/** What people wrote, oldest first, and room for more. */
export function Notes({ incident, mayAdd }: { incident: Incident; mayAdd: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="sk-stack">
      <Title headingLevel="h3">{t('incidents.notes')}</Title>
      {incident.notes.length === 0 && <p className="sk-subtle">{t('incidents.noNotes')}</p>}
      {incident.notes.map((note) => (
        <div key={`${note.at}/${note.by}`}>
          <div className="sk-subtle">
            {note.by} · <When at={note.at} />
          </div>
          <div className="sk-note">{note.text}</div>
        </div>
      ))}
      {mayAdd && <NewNote incident={incident} />}
    </section>
  );
}

function NewNote({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const change = useIncidentChange(incident);
  const missing = text.trim() === '';
  return (
    <Form
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!missing) {
          change.mutate({ note: text.trim() }, { onSuccess: () => setText('') });
        }
      }}
    >
      {change.isError && <ProblemAlert error={change.error} />}
      <FormGroup label={t('incidents.noteLabel')} fieldId="note">
        <TextArea
          id="note"
          value={text}
          maxLength={2000}
          onChange={(_event, typed) => setText(typed)}
          resizeOrientation="vertical"
          aria-describedby="note-help"
        />
        <FormHelperText>
          <HelperText>
            <HelperTextItem id="note-help">{t('incidents.noteHelp')}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <div>
        <Button type="submit" variant="secondary" isDisabled={missing || change.isPending} isLoading={change.isPending}>
          {t('incidents.addNote')}
        </Button>
      </div>
    </Form>
  );
}
