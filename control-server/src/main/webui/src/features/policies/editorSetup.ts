import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

// Colours come from variables, so that light and dark switch without the editor knowing.
const look = EditorView.theme({
  '&': { height: '100%', fontSize: '0.875rem', backgroundColor: 'var(--sk-editor-background)', color: 'var(--sk-editor-text)' },
  '&.cm-focused': { outline: '2px solid var(--sk-editor-focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--pf-t--global--font--family--mono)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--sk-editor-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--sk-editor-text)' },
  '.cm-gutters': { backgroundColor: 'var(--sk-editor-gutter)', color: 'var(--sk-editor-subtle)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--sk-editor-active)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--sk-editor-selection)',
  },
  // The lint package draws these with data: images, which the console's CSP refuses.
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--sk-editor-error)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--sk-editor-warning)' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecoration: 'underline dotted var(--sk-editor-focus)' },
  '.cm-lint-marker': { width: '0.75em', height: '0.75em', marginBlockStart: '0.4em' },
  '.cm-lint-marker-error': { content: 'normal', backgroundColor: 'var(--sk-editor-error)', borderRadius: '50%' },
  '.cm-lint-marker-warning': {
    content: 'normal',
    backgroundColor: 'var(--sk-editor-warning)',
    clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
  },
  '.cm-lint-marker-info': { content: 'normal', backgroundColor: 'var(--sk-editor-focus)' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--sk-editor-gutter)',
    color: 'var(--sk-editor-text)',
    border: '1px solid var(--sk-editor-subtle)',
  },
});

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName, tags.labelName], color: 'var(--sk-syntax-key)' },
  { tag: [tags.string, tags.content, tags.attributeValue], color: 'var(--sk-editor-text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--sk-syntax-value)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--sk-editor-subtle)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--sk-editor-subtle)' },
]);

/** What both the editor and the read-only view have. */
export function setup(label: string, isReadOnly: boolean): Extension {
  return [
    lineNumbers(),
    foldGutter(),
    bracketMatching(),
    syntaxHighlighting(colours),
    look,
    yaml(),
    indentUnit.of('  '),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    keymap.of([...searchKeymap, ...foldKeymap]),
    isReadOnly
      ? [EditorState.readOnly.of(true), EditorView.editable.of(false)]
      : [
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          lintGutter(),
          // Tab stays the browser's: who works by keyboard must be able to leave the editor.
          keymap.of([...defaultKeymap, ...historyKeymap]),
        ],
  ];
}
