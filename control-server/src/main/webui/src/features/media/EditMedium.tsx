import { Form } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Medium } from '../../api/model';
import { FormModal } from '../../ui/FormModal';
import { endOf, lastDayOf } from './lastDay';
import { MediumFields } from './MediumFields';
import { useMediumChange } from './useMediumChange';

/** Changes what people say of a medium. Whoever was slower is told so. */
export function EditMedium({ medium, onClose }: { medium: Medium; onClose: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState({
    name: medium.name,
    owner: medium.owner ?? '',
    note: medium.note ?? '',
    lastDay: lastDayOf(medium.expiresAt),
  });
  const change = useMediumChange(medium);
  const save = () => {
    const expiresAt = endOf(draft.lastDay);
    change.mutate(
      {
        name: draft.name.trim(),
        owner: draft.owner.trim(),
        note: draft.note.trim(),
        ...(expiresAt === undefined ? { noEnd: true } : { expiresAt }),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <FormModal
      title={t('media.editTitle', { name: medium.name })}
      confirm={t('media.save')}
      isReady={draft.name.trim() !== ''}
      isBusy={change.isPending}
      error={change.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            save();
          }}
        >
          <MediumFields draft={draft} onChange={setDraft} />
        </Form>
      )}
    />
  );
}
