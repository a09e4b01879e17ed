import { Button, Label } from '@patternfly/react-core';
import { CheckCircleIcon, ExclamationCircleIcon, PauseCircleIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import { When } from './When';

/** Something that is sent to somebody until it is paused. */
interface Sending {
  enabled: boolean;
  failures: number;
  failedAt?: string | null | undefined;
  failure?: string | null | undefined;
}

/** Whether it runs, and if not why. */
export function SendingState({ sending }: { sending: Sending }) {
  const { t } = useTranslation();
  if (!sending.enabled) {
    return (
      <Label isCompact color="grey" icon={<PauseCircleIcon />}>
        {t('sending.paused')}
      </Label>
    );
  }
  if (sending.failures === 0) {
    return (
      <Label isCompact color="green" icon={<CheckCircleIcon />}>
        {t('sending.running')}
      </Label>
    );
  }
  return (
    <>
      <Label isCompact color="red" icon={<ExclamationCircleIcon />}>
        {t('sending.failing', { count: sending.failures })}
      </Label>
      <div className="sk-subtle sk-summary-text">
        {sending.failedAt != null && <When at={sending.failedAt} />} {sending.failure}
      </div>
    </>
  );
}

interface SendingActsProps {
  isEnabled: boolean;
  /** What the buttons are called where they are read without the row. */
  labels: { switch: string; edit?: string; remove: string };
  onSwitch: () => void;
  onEdit?: () => void;
  onRemove: () => void;
}

/** Pause or go on, change, take away. */
export function SendingActs({ isEnabled, labels, onSwitch, onEdit, onRemove }: SendingActsProps) {
  const { t } = useTranslation();
  return (
    <div className="sk-tags">
      <Button variant="link" isInline aria-label={labels.switch} onClick={onSwitch}>
        {t(isEnabled ? 'sending.pause' : 'sending.resume')}
      </Button>
      {onEdit !== undefined && (
        <Button variant="link" isInline aria-label={labels.edit} onClick={onEdit}>
          {t('sending.edit')}
        </Button>
      )}
      <Button variant="link" isInline isDanger aria-label={labels.remove} onClick={onRemove}>
        {t('sending.remove')}
      </Button>
    </div>
  );
}
