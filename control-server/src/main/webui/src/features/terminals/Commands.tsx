import { Button, Flex, FormGroup, Label, TextArea } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { Command, CommandKind, Terminal } from '../../api/model';
import { commandsQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { ReasonModal } from '../../ui/ReasonModal';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';

const COLOURS: Record<Command['state'], 'grey' | 'blue' | 'green' | 'red' | 'orange'> = {
  WAITING: 'grey',
  DELIVERED: 'blue',
  DONE: 'green',
  FAILED: 'red',
  UNSUPPORTED: 'orange',
  EXPIRED: 'orange',
};

/** Orders to a terminal that is in use, and what became of the latest ones. */
export function Commands({ terminal }: { terminal: Terminal }) {
  const { t } = useTranslation();
  const word = useWord();
  const mayCommand = useMay('respond');
  const commands = useQuery(commandsQuery(terminal.id));
  const [ordered, setOrdered] = useState<CommandKind>();
  const isUsed = terminal.state === 'ACTIVE' || terminal.state === 'WAITING';
  const kinds: CommandKind[] = [terminal.isolated ? 'RELEASE' : 'ISOLATE', 'LOCK_SESSIONS', 'SHOW_MESSAGE', 'COLLECT_STATUS'];
  const items = commands.data?.items ?? [];
  return (
    <>
      {mayCommand && isUsed && (
        <Flex gap={{ default: 'gapSm' }}>
          {kinds.map((kind) => (
            <Button key={kind} variant={kind === 'ISOLATE' ? 'danger' : 'secondary'} onClick={() => setOrdered(kind)}>
              {word('command', kind)}
            </Button>
          ))}
        </Flex>
      )}
      {commands.isError && <ProblemAlert error={commands.error} onRetry={() => void commands.refetch()} />}
      {items.length === 0 ? (
        <p>{commands.isPending ? t('common.loading') : t('commands.none')}</p>
      ) : (
        <Table aria-label={t('commands.title')} variant="compact" borders={false}>
          <Thead>
            <Tr>
              <Th>{t('commands.what')}</Th>
              <Th>{t('commands.state')}</Th>
              <Th>{t('commands.ordered')}</Th>
              <Th>{t('commands.reason')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {items.map((command) => (
              <Tr key={command.number}>
                <Td dataLabel={t('commands.what')}>
                  {word('command', command.kind)}
                  {command.text !== '' && <div className="sk-subtle sk-summary-text">{command.text}</div>}
                </Td>
                <Td dataLabel={t('commands.state')} className="sk-summary-text">
                  <Label isCompact color={COLOURS[command.state]}>
                    {word('commandState', command.state)}
                  </Label>
                  <div className="sk-subtle">{command.detail}</div>
                </Td>
                <Td dataLabel={t('commands.ordered')}>
                  <When at={command.orderedAt} relative />
                  <div className="sk-subtle">{command.orderedBy}</div>
                </Td>
                <Td dataLabel={t('commands.reason')} className="sk-summary-text">
                  {command.reason}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      {ordered !== undefined && <OrderModal terminal={terminal} kind={ordered} onClose={() => setOrdered(undefined)} />}
    </>
  );
}

function OrderModal({ terminal, kind, onClose }: { terminal: Terminal; kind: CommandKind; onClose: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const tells = kind === 'SHOW_MESSAGE';
  const order = useMutation({
    mutationFn: (reason: string) =>
      client.POST('/api/v1/terminals/{id}/commands', {
        params: { path: { id: terminal.id } },
        body: { kind, reason, ...(tells ? { text } : {}) },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: commandsQuery(terminal.id).queryKey });
      onClose();
    },
  });
  return (
    <ReasonModal
      title={t('commands.confirmTitle', { command: word('command', kind), host: terminal.host })}
      body={
        <>
          <p>{word('commandHelp', kind)}</p>
          {tells && (
            <FormGroup label={t('commands.text')} isRequired fieldId="command-text">
              <TextArea id="command-text" value={text} maxLength={500} onChange={(_event, typed) => setText(typed)} isRequired resizeOrientation="vertical" />
            </FormGroup>
          )}
          {!terminal.connected && <p>{t('commands.away')}</p>}
        </>
      }
      reasonLabel={t('commands.reason')}
      reasonHelp={t('terminals.reasonHelp')}
      confirm={word('command', kind)}
      danger={kind === 'ISOLATE'}
      isBusy={order.isPending || (tells && text.trim() === '')}
      error={order.error}
      onConfirm={(reason) => order.mutate(reason)}
      onClose={onClose}
    />
  );
}
