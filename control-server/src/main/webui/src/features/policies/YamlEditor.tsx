import { redo, redoDepth, undo, undoDepth } from '@codemirror/commands';
import { setDiagnostics } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import type { Finding } from '../../api/model';
import { useBilingual } from '../../ui/words';
import { setup } from './editorSetup';
import { diagnostics } from './findings';

export interface YamlEditorHandle {
  /** Puts the cursor on a line, counted from 1, and shows it. */
  goTo: (line: number) => void;
  /** Writes another text in its place, as one change that can be undone; the part that is the same stays untouched. */
  replace: (text: string) => void;
  undo: () => void;
  redo: () => void;
}

/** What of the text's changes can be taken back or made again. */
export interface EditHistory {
  canUndo: boolean;
  canRedo: boolean;
}

interface YamlEditorProps {
  /** What the editor begins with; a new value begins anew. */
  initial: string;
  label: string;
  findings?: readonly Finding[];
  /** Absent: read-only. */
  onChange?: (text: string, history: EditHistory) => void;
  ref?: Ref<YamlEditorHandle>;
}

const NONE: readonly Finding[] = [];

/**
 * A YAML text with the checker's findings at their lines. It lives in a shadow root: there the editor hands its styles to
 * the browser as constructed style sheets, which the console's CSP (no inline style) has no objection to.
 */
export function YamlEditor({ initial, label, findings = NONE, onChange, ref }: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useRef(onChange);
  const inWords = useBilingual();
  const isReadOnly = onChange === undefined;

  useEffect(() => {
    changed.current = onChange;
  }, [onChange]);

  useEffect(() => {
    if (host.current === null) {
      return undefined;
    }
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      doc: initial,
      root,
      parent: root,
      extensions: [
        setup(label, isReadOnly),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            changed.current?.(update.state.doc.toString(), {
              canUndo: undoDepth(update.state) > 0,
              canRedo: redoDepth(update.state) > 0,
            });
          }
        }),
      ],
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [initial, label, isReadOnly]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== null && !isReadOnly) {
      editor.dispatch(setDiagnostics(editor.state, diagnostics(findings, editor.state.doc, inWords)));
    }
  }, [findings, inWords, isReadOnly, initial, label]);

  useImperativeHandle(ref, () => ({
    goTo: (line) => {
      const editor = view.current;
      if (editor !== null) {
        const place = editor.state.doc.line(Math.min(Math.max(1, line), editor.state.doc.lines)).from;
        editor.dispatch({ selection: { anchor: place }, effects: EditorView.scrollIntoView(place, { y: 'center' }) });
        editor.focus();
      }
    },
    replace: (text) => {
      const editor = view.current;
      if (editor !== null) {
        editor.dispatch({ changes: difference(editor.state.doc.toString(), text), userEvent: 'input' });
      }
    },
    undo: () => view.current !== null && undo(view.current),
    redo: () => view.current !== null && redo(view.current),
  }));

  return <div ref={host} className="sk-editor" />;
}

/** The one part in which two texts differ. */
function difference(before: string, after: string) {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) {
    from += 1;
  }
  let tail = 0;
  while (tail < before.length - from && tail < after.length - from && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
  }
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}
