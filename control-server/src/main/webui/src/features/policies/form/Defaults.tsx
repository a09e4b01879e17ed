import { Button, Title } from '@patternfly/react-core';
import { PlusCircleIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import { CHANNEL_WORDS } from '../book/contract';
import { Plain } from '../book/render';
import { useDesk } from './desk';
import { Folded } from './Folded';
import { MessageFields } from './MessageFields';
import { useFormText } from './useFormText';

/** What holds for each channel where no rule matches. One that nothing is written for is blocked. */
export function Defaults({ open, onOpen }: { open: string | undefined; onOpen: (part: string | undefined) => void }) {
  const { t } = useTranslation();
  const text = useFormText();
  const { book, edit } = useDesk();
  const size = book.size(['defaults']);
  const written = Array.from({ length: size }, (_one, index) => book.scalar(['defaults', index, 'channel']));
  return (
    <section className="sk-stack" aria-labelledby="defaults-heading">
      <Title headingLevel="h2" size="lg" id="defaults-heading">
        {t('policyForm.defaults')}
      </Title>
      <p className="sk-subtle">{t('policyForm.defaultsLead')}</p>
      <ul className="sk-rules">
        {written.map((channel, index) => {
          const name = text.word('channel', channel ?? '');
          const verdict = text.word('verdict', book.scalar(['defaults', index, 'verdict']) ?? 'block');
          return (
            <Folded
              key={index}
              list="defaults"
              index={index}
              title={t('policyForm.default', { channel: name, verdict })}
              remove={t('policyForm.removeDefault', { channel: name })}
              isOpen={open === `defaults[${index}]`}
              onOpen={onOpen}
            >
              <MessageFields message="ChannelDefault" path={['defaults', index]} only={['verdict', 'severity', 'notice']} />
            </Folded>
          );
        })}
      </ul>
      <div className="sk-tags">
        {CHANNEL_WORDS.filter((channel) => !written.includes(channel)).map((channel) => (
          <Button
            key={channel}
            variant="link"
            icon={<PlusCircleIcon />}
            onClick={() => {
              edit(book.insert(['defaults'], size, { channel: new Plain(channel), verdict: new Plain('block') }));
              onOpen(`defaults[${size}]`);
            }}
          >
            {t('policyForm.addDefault', { channel: text.word('channel', channel) })}
          </Button>
        ))}
      </div>
    </section>
  );
}
