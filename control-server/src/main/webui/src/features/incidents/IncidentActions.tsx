import { Button, Flex } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '../../api/model';
import { useSession } from '../../app/session';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { CloseDialog } from './CloseDialog';
import { TextDialog } from './TextDialog';
import { useIncidentChange } from './useIncidentChange';

/** Take, hand over, tag, close, reopen. */
export function IncidentActions({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const me = useSession().operator.name;
  const [dialog, setDialog] = useState<'assign' | 'close' | 'tags'>();
  const change = useIncidentChange(incident);
  const isClosed = incident.state === 'CLOSED';
  const closeDialog = () => {
    setDialog(undefined);
    change.reset();
  };

  return (
    <>
      {change.isError && dialog === undefined && <ProblemAlert error={change.error} />}
      <Flex gap={{ default: 'gapSm' }}>
        {!isClosed && incident.owner !== me && (
          <Button
            variant="primary"
            isDisabled={change.isPending}
            onClick={() => change.mutate({ owner: me, state: 'IN_PROGRESS' })}
          >
            {t('incidents.take')}
          </Button>
        )}
        {!isClosed && (
          <Button variant="secondary" onClick={() => setDialog('assign')}>
            {t('incidents.assign')}
          </Button>
        )}
        <Button variant="secondary" onClick={() => setDialog('tags')}>
          {t('incidents.editTags')}
        </Button>
        {!isClosed && (
          <Button variant="secondary" onClick={() => setDialog('close')}>
            {t('incidents.closeAction')}
          </Button>
        )}
        {isClosed && (
          <Button
            variant="secondary"
            isDisabled={change.isPending}
            onClick={() => change.mutate({ state: 'IN_PROGRESS' })}
          >
            {t('incidents.reopen')}
          </Button>
        )}
      </Flex>
      {dialog === 'assign' && (
        <TextDialog
          title={t('incidents.assign')}
          label={t('incidents.ownerLabel')}
          before={incident.owner ?? me}
          maxLength={100}
          isRequired
          isBusy={change.isPending}
          error={change.error}
          onSave={(owner) => change.mutate({ owner, state: 'IN_PROGRESS' }, { onSuccess: closeDialog })}
          onClose={closeDialog}
        />
      )}
      {dialog === 'tags' && (
        <TextDialog
          title={t('incidents.editTags')}
          label={t('incidents.tagsLabel')}
          help={t('incidents.tagsHelp')}
          before={incident.tags.join(', ')}
          maxLength={900}
          isRequired={false}
          isBusy={change.isPending}
          error={change.error}
          onSave={(text) => change.mutate({ tags: tagsIn(text) }, { onSuccess: closeDialog })}
          onClose={closeDialog}
        />
      )}
      {dialog === 'close' && (
        <CloseDialog
          isBusy={change.isPending}
          error={change.error}
          onConfirm={(finding) => change.mutate({ state: 'CLOSED', finding }, { onSuccess: closeDialog })}
          onClose={closeDialog}
        />
      )}
    </>
  );
}

/** Separated by a comma of either script. */
export function tagsIn(text: string): string[] {
  return [...new Set(text.split(/[,、，]/).map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
