import { useTranslation } from 'react-i18next';
import type { ChannelState } from '../../api/model';
import { ModeLabel } from '../../ui/labels';
import { useWord } from '../../ui/words';

const ORDER: readonly ChannelState['mode'][] = ['FAILED', 'ENFORCED', 'AUDIT_ONLY', 'INACTIVE', 'UNSUPPORTED'];

/** How many channels are in which mode; a failed one is named. */
export function ChannelSummary({ channels }: { channels: readonly ChannelState[] }) {
  const { t } = useTranslation();
  const word = useWord();
  if (channels.length === 0) {
    return <>{t('common.none')}</>;
  }
  return (
    <div className="sk-tags">
      {ORDER.map((mode) => {
        const those = channels.filter((channel) => channel.mode === mode);
        if (those.length === 0) {
          return null;
        }
        const text =
          mode === 'FAILED'
            ? `${word('mode', mode)}: ${those.map((channel) => word('channel', channel.channel)).join(', ')}`
            : t('terminals.modeSummary', { mode: word('mode', mode), count: those.length });
        return <ModeLabel key={mode} mode={mode} text={text} />;
      })}
    </div>
  );
}
