import { Button, Content, Flex, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeforeUnload, useNavigate } from 'react-router';
import type { Segment } from '../../api/model';
import { useMay } from '../../app/session';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useWord } from '../../ui/words';
import { ChangeList } from './ChangeList';
import { FindingList } from './FindingList';
import { PublishDialog } from './PublishDialog';
import { pathOfSegment } from './segment';
import { SimulationPanel } from './simulation/SimulationPanel';
import { useDraft } from './useDraft';
import { YamlEditor, type YamlEditorHandle } from './YamlEditor';
import { Notice } from '../../ui/Notice';

interface DraftProps {
  segment: Segment;
  start: string;
  /** The revision that it was begun on; 0 for none. */
  base: number;
}

/** The text on one side; what the checker says of it and what it would change on the other. */
export function Draft({ segment, start, base }: DraftProps) {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const mayPublish = useMay('publish');
  const editor = useRef<YamlEditorHandle>(null);
  // What is edited was read once; a revision that is published meanwhile is a conflict, not a new text under the cursor.
  const [begun] = useState({ start, base });
  const [yaml, setYaml] = useState(begun.start);
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

  return (
    <div className="sk-stack">
      {base !== begun.base && <Notice variant="warning" title={t('policies.conflict')} />}
      {isElsewhere && (
        <Notice variant="danger" title={t('policies.wrongSegment', { found: word('segment', found) })} />
      )}
      <div className="sk-editor-layout">
        <div>
          <YamlEditor
            ref={editor}
            initial={begun.start}
            label={t('policies.editor')}
            findings={draft.isChecked ? findings : undefined}
            onChange={setYaml}
          />
          <Content component="small">{t('policies.editorHelp')}</Content>
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
                  onGoTo={(line) => editor.current?.goTo(line)}
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
