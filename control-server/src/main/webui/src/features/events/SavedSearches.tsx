import {
  Button,
  Checkbox,
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  Form,
  FormGroup,
  MenuToggle,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { BookmarkIcon } from '@patternfly/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { SavedSearch } from '../../api/model';
import { savedSearchesQuery, sessionQuery } from '../../api/queries';
import { ProblemAlert } from '../../ui/ProblemAlert';

interface SavedSearchesProps {
  /** The address's query as it stands, without the question mark. */
  query: string;
  onApply: (query: string) => void;
}

/** Searches by name: to choose one, to keep the present one, to delete one's own. */
export function SavedSearches({ query, onApply }: SavedSearchesProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [isNaming, setNaming] = useState(false);
  const me = useQuery(sessionQuery).data?.operator.name;
  const found = useQuery(savedSearchesQuery).data?.items ?? [];
  const remove = useMutation({
    mutationFn: (id: string) => client.DELETE('/api/v1/saved-searches/{id}', { params: { path: { id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: savedSearchesQuery.queryKey }),
  });
  const mine = found.filter((search) => search.operator === me);
  const others = found.filter((search) => search.operator !== me);
  const item = (search: SavedSearch) => (
    <DropdownItem key={search.id} value={search.id} onClick={() => onApply(search.query)}
      {...(search.operator === me ? {} : { description: search.operator })}>
      {search.name}
    </DropdownItem>
  );
  return (
    <>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setOpen}
        onSelect={() => setOpen(false)}
        toggle={(ref) => (
          <MenuToggle ref={ref} icon={<BookmarkIcon />} onClick={() => setOpen(!isOpen)} isExpanded={isOpen}>
            {t('eventSearch.saved')}
          </MenuToggle>
        )}
      >
        <DropdownGroup label={t('eventSearch.mine')}>
          <DropdownList>
            {mine.map(item)}
            <DropdownItem key="save" value="save" isDisabled={query === ''} onClick={() => setNaming(true)}>
              {t('eventSearch.save')}
            </DropdownItem>
            {mine
              .filter((search) => search.query === query)
              .map((search) => (
                <DropdownItem key={`delete-${search.id}`} value={`delete-${search.id}`} isDanger onClick={() => remove.mutate(search.id)}>
                  {t('eventSearch.delete', { name: search.name })}
                </DropdownItem>
              ))}
          </DropdownList>
        </DropdownGroup>
        {others.length > 0 && (
          <DropdownGroup label={t('eventSearch.shared')}>
            <DropdownList>{others.map(item)}</DropdownList>
          </DropdownGroup>
        )}
      </Dropdown>
      {remove.isError && <ProblemAlert error={remove.error} />}
      {isNaming && <SaveSearch query={query} onClose={() => setNaming(false)} />}
    </>
  );
}

function SaveSearch({ query, onClose }: { query: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      read<SavedSearch>(client.POST('/api/v1/saved-searches', { body: { name: name.trim(), query, shared: isShared } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: savedSearchesQuery.queryKey });
      onClose();
    },
  });
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="save-title">
      <ModalHeader title={t('eventSearch.save')} labelId="save-title" />
      <ModalBody className="sk-stack">
        {save.isError && <ProblemAlert error={save.error} />}
        <Form
          id="save-form"
          onSubmit={(submit) => {
            submit.preventDefault();
            save.mutate();
          }}
        >
          <FormGroup label={t('eventSearch.name')} fieldId="search-name" isRequired>
            <TextInput id="search-name" value={name} maxLength={100} isRequired onChange={(_event, typed) => setName(typed)} />
          </FormGroup>
          <Checkbox
            id="search-shared"
            label={t('eventSearch.share')}
            isChecked={isShared}
            onChange={(_event, checked) => setShared(checked)}
          />
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="save-form" isDisabled={name.trim() === '' || save.isPending}>
          {t('eventSearch.keep')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
