import { Button, Form, FormGroup, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { UnitInput } from '../../ui/UnitInput';

interface MoveModalProps {
  terminals: readonly string[];
  onClose: () => void;
  onMoved: () => void;
}

/** Puts terminals into another division; an empty one is none. */
export function MoveModal({ terminals, onClose, onMoved }: MoveModalProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [unit, setUnit] = useState('');
  const move = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/terminals/move', {
        body: { terminals: [...terminals], ...(unit.trim() === '' ? {} : { orgUnit: unit.trim() }) },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['terminals'] });
      await queries.invalidateQueries({ queryKey: ['org-units'] });
      onMoved();
    },
  });
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="move-title">
      <ModalHeader title={t('terminals.moveTitle', { count: terminals.length })} labelId="move-title" />
      <ModalBody className="sk-stack">
        <p>{t('terminals.moveBody')}</p>
        {move.isError && <ProblemAlert error={move.error} />}
        <Form
          id="move-form"
          onSubmit={(submit) => {
            submit.preventDefault();
            move.mutate();
          }}
        >
          <FormGroup label={t('terminals.division')} fieldId="move-unit">
            <UnitInput id="move-unit" value={unit} onChange={setUnit} />
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="move-form" isDisabled={move.isPending} isLoading={move.isPending}>
          {t('terminals.moveConfirm')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
