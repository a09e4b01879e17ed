import { Content } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { parseBlocks, parseInline, type Block, type Inline } from './parse';

/** The console's own help texts as elements. Nothing in them becomes HTML; what isn't understood stays the text it is. */
export function Markdown({ text }: { text: string }) {
  return (
    <Content className="sk-help-text">
      {parseBlocks(text).map((block, index) => (
        <Fragment key={index}>{element(block)}</Fragment>
      ))}
    </Content>
  );
}

function element(block: Block): ReactNode {
  switch (block.kind) {
    case 'heading':
      // The page has the only h1.
      return block.level === 1 ? <h2>{inline(block.text)}</h2> : <h3>{inline(block.text)}</h3>;
    case 'paragraph':
      return <p>{inline(block.text)}</p>;
    case 'code':
      // Reachable by keyboard, because it scrolls sideways.
      return (
        <pre className="sk-raw" tabIndex={0}>
          {block.text}
        </pre>
      );
    case 'list': {
      const items = block.items.map((item) => <li key={item}>{inline(item)}</li>);
      return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return (
        <Table variant="compact" aria-label={block.head.join(', ')}>
          <Thead>
            <Tr>
              {block.head.map((cell) => (
                <Th key={cell}>{inline(cell)}</Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {block.rows.map((row) => (
              <Tr key={row.join()}>
                {row.map((cell, column) => (
                  <Td key={block.head[column]} dataLabel={block.head[column] ?? ''}>
                    {inline(cell)}
                  </Td>
                ))}
              </Tr>
            ))}
          </Tbody>
        </Table>
      );
  }
}

function inline(text: string): ReactNode {
  return parseInline(text).map((part, index) => <Fragment key={index}>{word(part)}</Fragment>);
}

function word(part: Inline): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'code':
      return <code>{part.text}</code>;
    case 'link':
      return <Link to={part.to}>{part.text}</Link>;
  }
}
