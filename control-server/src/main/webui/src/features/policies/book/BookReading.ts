import type { LineCounter, Node, YAMLMap } from 'yaml';
import * as source from './source';
import { isMap, isScalar, isSeq, type Path } from './source';

/** What a rule book says, and where. */
export class BookReading {
  protected constructor(
    readonly text: string,
    protected readonly root: YAMLMap | undefined,
    private readonly lines: LineCounter,
  ) {}

  /** Where a part stands, or the nearest part around it; from 1. */
  line(path: Path): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.node(path.slice(0, length));
      if (node !== undefined) {
        return this.lines.linePos(source.start(node)).line;
      }
    }
    return 1;
  }

  /** What is written as one value; undefined: nothing is. */
  scalar(path: Path): string | undefined {
    const node = this.node(path);
    return isScalar(node) && !source.isEmpty(node) ? String(node.value) : undefined;
  }

  /** The values of a list; an absent one has none. */
  list(path: Path): readonly string[] {
    const node = this.node(path);
    return isSeq(node) ? node.items.map((item) => (isScalar(item) ? String(item.value) : '')) : [];
  }

  /** How many items a list has. */
  size(path: Path): number {
    const node = this.node(path);
    return isSeq(node) ? node.items.length : 0;
  }

  has(path: Path): boolean {
    return this.node(path) !== undefined;
  }

  /** Whether a part is written as what the contract has there, so that a form can show it. */
  isShaped(path: Path, shape: 'scalar' | 'scalars' | 'map' | 'maps'): boolean {
    const node = this.node(path);
    if (node === undefined || source.isEmpty(node)) {
      return true;
    }
    switch (shape) {
      case 'scalar':
        return isScalar(node);
      case 'scalars':
        return isSeq(node) && node.items.every(isScalar);
      case 'map':
        return isMap(node);
      case 'maps':
        return isSeq(node) && node.items.every((item) => isMap(item));
    }
  }

  protected node(path: Path): Node | undefined {
    let node: unknown = this.root;
    for (const part of path) {
      if (typeof part === 'number') {
        node = isSeq(node) ? node.items[part] : undefined;
      } else {
        node = isMap(node) ? source.pairOf(node, part)?.value : undefined;
      }
    }
    return (node ?? undefined) as Node | undefined;
  }

  protected mapAt(path: Path): YAMLMap | undefined {
    const node = path.length === 0 ? this.root : this.node(path);
    return isMap(node) ? node : undefined;
  }
}
