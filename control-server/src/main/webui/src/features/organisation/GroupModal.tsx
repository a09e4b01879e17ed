import {
  Button,
  Form,
  FormFieldGroup,
  FormFieldGroupHeader,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import { SEGMENTS, type TerminalGroup } from '../../api/model';
import { groupsQuery } from '../../api/queries';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { UnitInput } from '../../ui/UnitInput';
import { useWord } from '../../ui/words';

/** What a group is: its rule, and who is in it by hand. */
export function GroupModal({ group, onClose }: { group: TerminalGroup | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [name, setName] = useState(group?.name ?? '');
  const [note, setNote] = useState(group?.note ?? '');
  const [orgUnit, setOrgUnit] = useState(group?.orgUnit ?? '');
  const [segment, setSegment] = useState<string>(group?.segment ?? '');
  const [hostPattern, setHostPattern] = useState(group?.hostPattern ?? '');
  const [versionPattern, setVersionPattern] = useState(group?.versionPattern ?? '');
  const [osPattern, setOsPattern] = useState(group?.osPattern ?? '');
  const [members, setMembers] = useState((group?.members ?? []).join('\n'));
  const save = useMutation({
    mutationFn: () => {
      const said = Object.fromEntries(
        Object.entries({ orgUnit, segment, hostPattern, versionPattern, osPattern }).filter(([, value]) => value.trim() !== ''),
      );
      const body = { name, note, members: members.split(/[\s,、]+/u).filter((one) => one !== ''), ...said };
      return group === undefined
        ? client.POST('/api/v1/terminal-groups', { body })
        : client.PUT('/api/v1/terminal-groups/{id}', { params: { path: { id: group.id } }, body: { ...body, version: group.version } });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: groupsQuery.queryKey });
      onClose();
    },
  });
  const text = (id: string, label: string, value: string, set: (value: string) => void) => (
    <FormGroup label={label} fieldId={id}>
      <TextInput id={id} value={value} maxLength={200} onChange={(_event, typed) => set(typed)} aria-describedby="pattern-help" />
    </FormGroup>
  );
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="group-title">
      <ModalHeader title={group === undefined ? t('organisation.createGroup') : t('organisation.editGroup', { name: group.name })} labelId="group-title" />
      <ModalBody className="sk-stack">
        {save.isError && <ProblemAlert error={save.error} />}
        <Form
          id="group-form"
          onSubmit={(submit) => {
            submit.preventDefault();
            save.mutate();
          }}
        >
          <FormGroup label={t('organisation.groupName')} isRequired fieldId="group-name">
            <TextInput id="group-name" isRequired value={name} maxLength={100} onChange={(_event, typed) => setName(typed)} />
          </FormGroup>
          <FormGroup label={t('organisation.note')} fieldId="group-note">
            <TextInput id="group-note" value={note} maxLength={500} onChange={(_event, typed) => setNote(typed)} />
          </FormGroup>
          <FormFieldGroup
            header={<FormFieldGroupHeader titleText={{ text: t('organisation.rule'), id: 'rule-title' }} titleDescription={t('organisation.ruleHelp')} />}
          >
            <FormGroup label={t('terminals.division')} fieldId="group-unit">
              <UnitInput id="group-unit" value={orgUnit} onChange={setOrgUnit} />
            </FormGroup>
            <FormGroup label={t('terminals.segment')} fieldId="group-segment">
              <FormSelect id="group-segment" value={segment} onChange={(_event, value) => setSegment(value)}>
                <FormSelectOption value="" label={t('common.all')} />
                {SEGMENTS.map((one) => (
                  <FormSelectOption key={one} value={one} label={word('segment', one)} />
                ))}
              </FormSelect>
            </FormGroup>
            {text('group-host', t('terminals.host'), hostPattern, setHostPattern)}
            {text('group-version', t('terminals.agent'), versionPattern, setVersionPattern)}
            {text('group-os', t('terminals.os'), osPattern, setOsPattern)}
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="pattern-help">{t('organisation.patternHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormFieldGroup>
          <FormGroup label={t('organisation.members')} fieldId="group-members">
            <TextArea id="group-members" value={members} onChange={(_event, typed) => setMembers(typed)} rows={3} aria-describedby="members-help" resizeOrientation="vertical" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="members-help">{t('organisation.membersHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="group-form" isDisabled={name.trim() === '' || save.isPending} isLoading={save.isPending}>
          {t('organisation.save')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
