import { Button, Content, Flex, Tab, Tabs, TabTitleText, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeforeUnload, useNavigate, useSearchParams } from 'react-router';
import type { Finding, Segment } from '../../api/model';
import { useMay } from '../../app/session';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useWord } from '../../ui/words';
import { ChangeList } from './ChangeList';
import { FindingList } from './FindingList';
import { BookForm } from './form/BookForm';
import { PublishDialog } from './PublishDialog';
import { pathOfSegment } from './segment';
import { SimulationPanel } from './simulation/SimulationPanel';
import { useDraft } from './useDraft';
import { YamlEditor, type EditHistory, type YamlEditorHandle } from './YamlEditor';
import { Notice } from '../../ui/Notice';

interface DraftProps {
  segment: Segment;
  start: string;
  /** The revision that it was begun on; 0 for none. */
  base: number;
}

const NONE: readonly Finding[] = [];

/**
 * The rule book on one side, as a form or as its text; what the checker says of it and what it would change on the other. The
 * text is the one document: the form writes into the editor, which stays behind it with its cursor and its history.
 */
export function Draft({ segment, start, base }: DraftProps) {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const mayPublish = useMay('publish');
  const editor = useRef<YamlEditorHandle>(null);
  // What is edited was read once; a revision that is published meanwhile is a conflict, not a new text under the cursor.
  // The editor counts every line break as one character, and so do we.
  const [begun] = useState({ start: start.replaceAll('\r\n', '\n'), base });
  const [yaml, setYaml] = useState(begun.start);
  const [history, setHistory] = useState<EditHistory>({ canUndo: false, canRedo: false });
  const [goTo, setGoTo] = useState<{ finding: Finding }>();
  const [place, setPlace] = useState<{ line: number }>();
  const [address, setAddress] = useSearchParams();
  const isText = address.get('view') === 'yaml';
  const [tab, setTab] = useState<string | number>('findings');
  const [isPublishing, setPublishing] = useState(false);
  const draft = useDraft(yaml);
  const isChanged = yaml !== begun.start;
  useBeforeUnload((event) => {
    if (isChanged) {
      event.preventDefault();
    }
  });
  const found = draft.check.data?.segment;
  const isElsewhere = found !== null && found !== undefined && found !== segment;
  const findings = draft.check.data?.findings ?? [];
  const changes = draft.isSound && !draft.diff.isPlaceholderData ? draft.diff.data : undefined;

  useEffect(() => {
    // The editor can't take the cursor while it is hidden.
    if (isText && place !== undefined) {
      editor.current?.goTo(place.line);
    }
  }, [isText, place]);

  const show = (asText: boolean) => {
    const next = new URLSearchParams(address);
    if (asText) {
      next.set('view', 'yaml');
    } else {
      next.delete('view');
    }
    setPlace(undefined);
    setAddress(next, { replace: true });
  };
  const showLine = (line: number) => {
    show(true);
    setPlace({ line });
  };
  const view = (asText: boolean) => ({
    buttonId: asText ? 'view-yaml' : 'view-form',
    isSelected: isText === asText,
    onChange: () => show(asText),
  });

  return (
    <div className="sk-stack">
      {base !== begun.base && <Notice variant="warning" title={t('policies.conflict')} />}
      {isElsewhere && (
        <Notice variant="danger" title={t('policies.wrongSegment', { found: word('segment', found) })} />
      )}
      <div className="sk-editor-layout">
        <div className="sk-stack">
          <ToggleGroup aria-label={t('policyForm.view')}>
            <ToggleGroupItem text={t('policyForm.form')} {...view(false)} />
            <ToggleGroupItem text="YAML" {...view(true)} />
          </ToggleGroup>
          <div hidden={!isText}>
            <YamlEditor
              ref={editor}
              initial={begun.start}
              label={t('policies.editor')}
              findings={draft.isChecked ? findings : undefined}
              onChange={(text, changes) => {
                setYaml(text);
                setHistory(changes);
              }}
            />
            <Content component="small">{t('policies.editorHelp')}</Content>
          </div>
          {!isText && (
            <BookForm
              yaml={yaml}
              findings={draft.isChecked ? findings : NONE}
              goTo={goTo}
              history={{ ...history, undo: () => editor.current?.undo(), redo: () => editor.current?.redo() }}
              onEdit={(text) => editor.current?.replace(text)}
              onText={showLine}
            />
          )}
        </div>
        <div className="sk-stack">
          <Tabs activeKey={tab === 'changes' && draft.isChecked && !draft.isSound ? 'findings' : tab} onSelect={(_event, key) => setTab(key)} aria-label={t('policies.findings')}>
            <Tab eventKey="findings" title={<TabTitleText>{t('policies.tabFindings')}</TabTitleText>}>
              {draft.check.isError ? (
                <ProblemAlert error={draft.check.error} onRetry={() => void draft.check.refetch()} />
              ) : (
                <FindingList
                  findings={findings}
                  isChecking={!draft.isChecked}
                  onGoTo={(finding) => (isText || (finding.path ?? '') === '' ? showLine(finding.line ?? 1) : setGoTo({ finding }))}
                />
              )}
            </Tab>
            <Tab eventKey="changes" title={<TabTitleText>{t('policies.tabChanges')}</TabTitleText>}>
              {draft.diff.isError ? (
                <ProblemAlert error={draft.diff.error} onRetry={() => void draft.diff.refetch()} />
              ) : changes === undefined ? (
                <p className="sk-subtle">{t(draft.isChecked && !draft.isSound ? 'policies.notComparable' : 'policies.checking')}</p>
              ) : (
                <ChangeList against={changes.against ?? null} changes={changes.changes} />
              )}
            </Tab>
            <Tab eventKey="simulation" title={<TabTitleText>{t('simulation.tab')}</TabTitleText>}>
              <SimulationPanel yaml={yaml} isReadable={draft.isChecked && found !== null && found !== undefined} />
            </Tab>
          </Tabs>
          <Flex gap={{ default: 'gapSm' }}>
            <Button
              isDisabled={!mayPublish || !draft.isSound || isElsewhere || changes === undefined}
              onClick={() => setPublishing(true)}
            >
              {t(changes?.needsConsent === true ? 'proposals.propose' : 'policies.publish')}
            </Button>
            <Button variant="link" onClick={() => void navigate('/policies')}>
              {t(isChanged ? 'policies.discard' : 'policies.back')}
            </Button>
          </Flex>
          {!mayPublish && <p className="sk-subtle">{t('common.readOnly')}</p>}
        </div>
      </div>
      {isPublishing && changes !== undefined && (
        <PublishDialog
          segment={segment}
          yaml={yaml}
          expectedCurrent={begun.base}
          difference={changes}
          onProposed={(proposal) => void navigate(`/proposals/${proposal}`)}
          onPublished={(revision) => void navigate(`/policies/${pathOfSegment(segment)}/${revision}?published`)}
          onClose={() => setPublishing(false)}
        />
      )}
    </div>
  );
}
