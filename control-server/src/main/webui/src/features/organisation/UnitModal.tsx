import { Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { UnitInput } from '../../ui/UnitInput';

export type UnitAct = { kind: 'add'; below: string } | { kind: 'rename'; path: string };

/** Draws a division, or gives one another path. */
export function UnitModal({ act, onClose }: { act: UnitAct; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [path, setPath] = useState(act.kind === 'rename' ? act.path : act.below === '' ? '' : `${act.below}/`);
  const save = useMutation({
    mutationFn: () =>
      act.kind === 'add'
        ? client.POST('/api/v1/org-units', { body: { paths: [path.trim()] } })
        : client.POST('/api/v1/org-units/rename', { body: { from: act.path, to: path.trim() } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['org-units'] });
      await queries.invalidateQueries({ queryKey: ['terminals'] });
      onClose();
    },
  });
  const title = act.kind === 'add' ? t('organisation.add') : t('organisation.renameTitle', { unit: act.path });
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="unit-title">
      <ModalHeader title={title} labelId="unit-title" />
      <ModalBody className="sk-stack">
        {act.kind === 'rename' && <p>{t('organisation.renameBody')}</p>}
        {save.isError && <ProblemAlert error={save.error} />}
        <Form
          id="unit-form"
          onSubmit={(submit) => {
            submit.preventDefault();
            save.mutate();
          }}
        >
          <FormGroup label={t('organisation.path')} isRequired fieldId="unit-path">
            <UnitInput id="unit-path" value={path} onChange={setPath} aria-describedby="unit-path-help" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="unit-path-help">{t('organisation.pathHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="unit-form" isDisabled={path.trim() === '' || save.isPending} isLoading={save.isPending}>
          {act.kind === 'add' ? t('organisation.add') : t('organisation.rename')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
