import { ActionGroup, Button, Flex, Form, Label } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../../api/client';
import type { ReportDraft, ReportItem } from '../../../api/model';
import { reportDraftQuery } from '../../../api/queries';
import { Facts } from '../../../ui/Facts';
import { Notice } from '../../../ui/Notice';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { When } from '../../../ui/When';
import { DraftItemField } from './DraftItemField';
import { changed, plainText, type Texts, written } from './texts';

/** The items to read and write; only what somebody wrote is sent, of the rest the proposal stands. */
export function DraftForm({ newest, mayWrite }: { newest: ReportDraft; mayWrite: boolean }) {
  const { t } = useTranslation();
  const { draft, texts, type, discard } = useTyping(newest);
  const save = useSave(draft, discard);
  const isChanged = changed(draft, texts);
  return (
    <>
      <Notice isPlain variant="info" title={draft.note} />
      <Facts
        facts={[
          [t('reportDraft.due'), draft.dueAt == null ? t('reportDraft.noDue') : <When key="due" at={draft.dueAt} />],
          [
            t('reportDraft.missing'),
            <Label key="missing" isCompact status={draft.missing === 0 ? 'success' : 'warning'} variant="outline">
              {draft.missing === 0 ? t('reportDraft.none') : t('reportDraft.items', { count: draft.missing })}
            </Label>,
          ],
          [
            t('reportDraft.lastWritten'),
            draft.at == null ? null : (
              <span key="at">
                {draft.by} · <When at={draft.at} />
              </span>
            ),
          ],
        ]}
      />
      <Outputs draft={draft} texts={texts} isChanged={isChanged} />
      {save.isError && <ProblemAlert error={save.error} />}
      {save.isSuccess && !isChanged && <Notice isPlain variant="success" title={t('reportDraft.saved')} />}
      <Form
        onSubmit={(submit) => {
          submit.preventDefault();
          save.mutate(texts);
        }}
      >
        {draft.items.map((item) => (
          <DraftItemField
            key={item.item}
            item={item}
            text={texts[item.item] ?? item.text}
            mayWrite={mayWrite}
            onChange={(text) => type(item.item, text)}
          />
        ))}
        {mayWrite && (
          <ActionGroup>
            <Button type="submit" isDisabled={!isChanged || save.isPending} isLoading={save.isPending}>
              {t('reportDraft.save')}
            </Button>
            <Button
              variant="link"
              isDisabled={!isChanged}
              onClick={() => {
                discard();
                save.reset();
              }}
            >
              {t('reportDraft.discard')}
            </Button>
          </ActionGroup>
        )}
      </Form>
    </>
  );
}

interface OutputsProps {
  draft: ReportDraft;
  texts: Texts;
  isChanged: boolean;
}

/** As files and on the clipboard. The files are made of what is saved; the server records it. */
function Outputs({ draft, texts, isChanged }: OutputsProps) {
  const { t, i18n } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const address = (format: string) =>
    `/api/v1/incidents/${draft.incident}/report-drafts/${draft.stage}/download?format=${format}&language=${i18n.language}`;
  return (
    <Flex gap={{ default: 'gapSm' }} alignItems={{ default: 'alignItemsCenter' }}>
      {(['pdf', 'txt'] as const).map((format) => (
        <Button
          key={format}
          variant="secondary"
          {...(isChanged ? { isDisabled: true } : { component: 'a', href: address(format), download: true })}
        >
          {t(`reportDraft.${format}`)}
        </Button>
      ))}
      <Button
        variant="secondary"
        onClick={() => void navigator.clipboard.writeText(plainText(draft, texts)).then(() => setCopied(true))}
      >
        {t('reportDraft.copy')}
      </Button>
      <span role="status" className="sk-subtle">
        {isChanged ? t('reportDraft.saveFirst') : isCopied ? t('common.copied') : ''}
      </span>
    </Flex>
  );
}

/**
 * What somebody types, on the draft as they saw it when they began: a newer one of somebody else doesn't take it away, and is not
 * overwritten unseen.
 */
function useTyping(newest: ReportDraft) {
  const [typing, setTyping] = useState<{ base: ReportDraft; texts: Texts }>();
  return {
    draft: typing?.base ?? newest,
    texts: typing?.texts ?? {},
    type: (item: ReportItem, text: string) =>
      setTyping((before) => ({ base: before?.base ?? newest, texts: { ...before?.texts, [item]: text } })),
    discard: () => setTyping(undefined),
  };
}

function useSave(draft: ReportDraft, onSaved: () => void) {
  const { i18n } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (texts: Texts) =>
      read<ReportDraft>(
        client.PUT('/api/v1/incidents/{id}/report-drafts/{stage}', {
          params: {
            path: { id: draft.incident, stage: draft.stage },
            query: { language: i18n.language },
          },
          body: { items: written(draft, texts), version: draft.version },
        }),
      ),
    onSuccess: (saved) => {
      queries.setQueryData(reportDraftQuery(draft.incident, draft.stage, i18n.language).queryKey, saved);
      onSaved();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['incidents', draft.incident] }),
  });
}
