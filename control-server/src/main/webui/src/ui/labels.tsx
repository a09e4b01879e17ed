import { Label } from '@patternfly/react-core';
import {
  BanIcon,
  BookOpenIcon,
  CheckCircleIcon,
  CommentDotsIcon,
  EyeIcon,
  ExclamationCircleIcon,
  ExclamationTriangleIcon,
  InProgressIcon,
  MinusCircleIcon,
  OutlinedCircleIcon,
} from '@patternfly/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelState, IncidentState, Progress, Severity } from '../api/model';
import { useWord } from './words';

type Colour = 'blue' | 'teal' | 'green' | 'orange' | 'purple' | 'red' | 'orangered' | 'grey' | 'yellow';

interface Look {
  colour: Colour;
  icon?: ReactElement;
}

const VERDICTS: Record<string, Look> = {
  ALLOW: { colour: 'green', icon: <CheckCircleIcon /> },
  AUDIT: { colour: 'blue', icon: <EyeIcon /> },
  JUSTIFY: { colour: 'purple', icon: <CommentDotsIcon /> },
  READ_ONLY: { colour: 'teal', icon: <BookOpenIcon /> },
  BLOCK: { colour: 'red', icon: <BanIcon /> },
};

const SEVERITIES: Record<Severity, Look> = {
  LOW: { colour: 'grey' },
  MEDIUM: { colour: 'yellow' },
  HIGH: { colour: 'orange', icon: <ExclamationTriangleIcon /> },
  CRITICAL: { colour: 'red', icon: <ExclamationCircleIcon /> },
};

const PROGRESS: Record<Progress, Look> = {
  NONE: { colour: 'grey', icon: <OutlinedCircleIcon /> },
  RECEIVED: { colour: 'blue', icon: <InProgressIcon /> },
  VERIFIED: { colour: 'blue', icon: <InProgressIcon /> },
  ENFORCED: { colour: 'green', icon: <CheckCircleIcon /> },
  REFUSED: { colour: 'red', icon: <ExclamationCircleIcon /> },
};

const MODES: Record<ChannelState['mode'], Look> = {
  ENFORCED: { colour: 'green', icon: <CheckCircleIcon /> },
  AUDIT_ONLY: { colour: 'blue', icon: <EyeIcon /> },
  UNSUPPORTED: { colour: 'grey', icon: <MinusCircleIcon /> },
  FAILED: { colour: 'red', icon: <ExclamationCircleIcon /> },
  INACTIVE: { colour: 'grey', icon: <OutlinedCircleIcon /> },
};

const INCIDENT_STATES: Record<IncidentState, Look> = {
  NEW: { colour: 'red' },
  IN_PROGRESS: { colour: 'blue' },
  CLOSED: { colour: 'grey' },
};

function Tag({ look, text }: { look: Look; text: string }) {
  return (
    <Label isCompact color={look.colour} icon={look.icon}>
      {text}
    </Label>
  );
}

export function VerdictLabel({ verdict }: { verdict: string | null | undefined }) {
  const word = useWord();
  const { t } = useTranslation();
  if (verdict === null || verdict === undefined || verdict === '') {
    return <>{t('common.none')}</>;
  }
  return <Tag look={VERDICTS[verdict] ?? { colour: 'grey' }} text={word('verdict', verdict)} />;
}

export function SeverityLabel({ severity }: { severity: Severity | null | undefined }) {
  const word = useWord();
  const { t } = useTranslation();
  return severity === null || severity === undefined ? (
    <>{t('common.none')}</>
  ) : (
    <Tag look={SEVERITIES[severity]} text={word('severity', severity)} />
  );
}

export function ProgressLabel({ progress }: { progress: Progress }) {
  const word = useWord();
  return <Tag look={PROGRESS[progress]} text={word('progress', progress)} />;
}

export function ModeLabel({ mode, text }: { mode: ChannelState['mode']; text?: string }) {
  const word = useWord();
  return <Tag look={MODES[mode]} text={text ?? word('mode', mode)} />;
}

export function IncidentStateLabel({ state }: { state: IncidentState }) {
  const word = useWord();
  return <Tag look={INCIDENT_STATES[state]} text={word('incidentState', state)} />;
}

export function OverdueLabel() {
  const { t } = useTranslation();
  return <Tag look={{ colour: 'red', icon: <ExclamationCircleIcon /> }} text={t('incidents.overdue')} />;
}

export function ChainLabel({ chain }: { chain: 'WHOLE' | 'BROKEN' }) {
  const { t } = useTranslation();
  return chain === 'WHOLE' ? (
    <Tag look={{ colour: 'green', icon: <CheckCircleIcon /> }} text={t('terminals.chainWhole')} />
  ) : (
    <Tag look={{ colour: 'red', icon: <ExclamationCircleIcon /> }} text={t('terminals.chainBroken')} />
  );
}
