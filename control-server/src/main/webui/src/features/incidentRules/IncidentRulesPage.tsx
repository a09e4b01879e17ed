import { Button, Flex } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { IncidentRule, IncidentRules } from '../../api/model';
import { incidentRulesQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ReasonModal } from '../../ui/ReasonModal';
import { formatTime } from '../../ui/When';
import { RuleDialog } from './RuleDialog';
import { RuleTable } from './RuleTable';
import { emptyRule, isChanged } from './ruleDraft';
import { Trial, type Preview } from './Trial';

/** What opens an incident: an administrator sees it, tries a change on what happened, and puts it in force. */
export function IncidentRulesPage() {
  const { t } = useTranslation();
  const rules = useQuery(incidentRulesQuery);
  return (
    <PageFrame title={t('incidentRules.title')} lead={t('incidentRules.lead')}>
      {rules.isError && <ProblemAlert error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.isPending && <Loading />}
      {rules.data !== undefined && <Book key={rules.data.version} book={rules.data} />}
    </PageFrame>
  );
}

function Book({ book }: { book: IncidentRules }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const mayChange = useMay('changeIncidentRules');
  const [rules, setRules] = useState<readonly IncidentRule[]>(book.rules);
  const [edited, setEdited] = useState<number>();
  const [isSaving, setSaving] = useState(false);
  const [preview, setPreview] = useState<Preview>();
  const changed = isChanged(book.rules, rules);
  const save = useMutation({
    mutationFn: (reason: string) =>
      read<IncidentRules>(
        client.PUT('/api/v1/incident-rules', { body: { rules: [...rules], reason, version: book.version } }),
      ),
    onSuccess: (saved) => {
      setSaving(false);
      queries.setQueryData(incidentRulesQuery.queryKey, saved);
    },
  });
  const change = (next: readonly IncidentRule[]) => {
    setRules(next);
    setPreview(undefined);
  };
  return (
    <div className="sk-stack">
      <p className="sk-subtle">
        {book.by == null
          ? t('incidentRules.shipped')
          : t('incidentRules.changedBy', { by: book.by, at: formatTime(new Date(book.at ?? 0), i18n.language), reason: book.reason ?? '' })}
      </p>
      <RuleTable rules={rules} preview={preview} mayChange={mayChange} onChange={change} onEdit={setEdited} />
      {!mayChange && <p className="sk-subtle">{t('common.readOnly')}</p>}
      {mayChange && (
        <>
          <Flex gap={{ default: 'gapSm' }}>
            <Button variant="secondary" onClick={() => setEdited(rules.length)}>
              {t('incidentRules.add')}
            </Button>
            <Button isDisabled={!changed} onClick={() => setSaving(true)}>
              {t('incidentRules.save')}
            </Button>
            <Button
              variant="link"
              isDisabled={!changed}
              onClick={() => {
                change(book.rules);
                // Somebody else may have saved in between.
                void queries.invalidateQueries({ queryKey: incidentRulesQuery.queryKey });
              }}
            >
              {t('incidentRules.discard')}
            </Button>
          </Flex>
          {changed && <Notice isPlain variant="info" title={t('incidentRules.unsaved')} />}
          <Trial rules={rules} preview={preview} onPreview={setPreview} />
        </>
      )}
      {edited !== undefined && (
        <RuleDialog
          rule={rules[edited] ?? emptyRule(rules)}
          taken={rules.filter((_rule, index) => index !== edited).map(({ id }) => id)}
          isNew={edited === rules.length}
          onSave={(rule) => {
            change([...rules.slice(0, edited), rule, ...rules.slice(edited + 1)]);
            setEdited(undefined);
          }}
          onClose={() => setEdited(undefined)}
        />
      )}
      {isSaving && (
        <ReasonModal
          title={t('incidentRules.saveTitle')}
          body={<p>{t('incidentRules.saveBody')}</p>}
          reasonLabel={t('incidentRules.reason')}
          reasonHelp={t('incidentRules.reasonHelp')}
          confirm={t('incidentRules.save')}
          isBusy={save.isPending}
          error={save.error}
          onConfirm={(reason) => save.mutate(reason)}
          onClose={() => {
            setSaving(false);
            save.reset();
          }}
        />
      )}
    </div>
  );
}
