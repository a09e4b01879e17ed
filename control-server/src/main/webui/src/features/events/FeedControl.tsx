import { Button, Label } from '@patternfly/react-core';
import { PauseIcon, PlayIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import type { FeedState } from '../../api/liveFeed';

interface FeedControlProps {
  state: FeedState;
  isPaused: boolean;
  onPause: () => void;
  onResume: () => void;
}

/** Whether what is shown is live, and the pause button. */
export function FeedControl({ state, isPaused, onPause, onResume }: FeedControlProps) {
  const { t } = useTranslation();
  const [colour, text] = isPaused
    ? (['yellow', t('events.paused')] as const)
    : state === 'open'
      ? (['green', t('events.live')] as const)
      : state === 'connecting'
        ? (['grey', t('events.connecting')] as const)
        : (['red', t('events.lost')] as const);
  return (
    <span className="sk-live">
      <span role="status">
        <Label color={colour}>{text}</Label>
      </span>
      <Button
        variant="secondary"
        icon={isPaused ? <PlayIcon /> : <PauseIcon />}
        onClick={isPaused ? onResume : onPause}
      >
        {t(isPaused ? 'events.resume' : 'events.pause')}
      </Button>
    </span>
  );
}
