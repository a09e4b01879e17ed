import { Button } from '@patternfly/react-core';
import { AngleDownIcon, AngleRightIcon, TrashIcon } from '@patternfly/react-icons';
import type { ReactNode } from 'react';
import { FieldFindings } from './FieldFindings';
import { indexIn, useDesk } from './desk';

interface FoldedProps {
  list: 'defaults' | 'device-groups';
  index: number;
  title: string;
  /** What taking it away is called. */
  remove: string;
  isOpen: boolean;
  onOpen: (part: string | undefined) => void;
  children: ReactNode;
}

/** A part in one line with what the checker says of it, and open all of it. */
export function Folded({ list, index, title, remove, isOpen, onOpen, children }: FoldedProps) {
  const { book, findings, edit } = useDesk();
  return (
    <li className="sk-rule">
      <div className="sk-rule-line">
        <Button
          variant="link"
          isInline
          className="sk-rule-name"
          icon={isOpen ? <AngleDownIcon /> : <AngleRightIcon />}
          aria-expanded={isOpen}
          onClick={() => onOpen(isOpen ? undefined : `${list}[${index}]`)}
        >
          {title}
        </Button>
        <Button variant="plain" size="sm" icon={<TrashIcon />} aria-label={remove} title={remove} onClick={() => {
          edit(book.without([list], index));
          onOpen(undefined);
        }} />
      </div>
      {isOpen ? <div className="sk-stack sk-indented">{children}</div> : <FieldFindings findings={findings.filter((finding) => indexIn(list, finding) === index)} />}
    </li>
  );
}
