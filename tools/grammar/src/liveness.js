/**
 * Which locals a piece of code may still read before it writes them.
 *
 * A set of locals is a BigInt with a bit for each: union is `|`, and the fixed point of a loop is found by comparing.
 */
import { operands, structure } from "./expression.js";

/** What is live where each label in sight leads; immutable, grows inwards. */
export class Labels {
  static NONE = new Labels();

  constructor(label, live, outer) {
    this.label = label;
    this.live = live;
    this.outer = outer;
  }

  /** @returns {Labels} as if every label in sight led to a place that needs these locals */
  static allNeeding(live) {
    return new Labels(undefined, live);
  }

  with(label, live) {
    return label === undefined ? this : new Labels(label, live, this);
  }

  at(label) {
    let scope = this;
    while (scope.outer !== undefined && scope.label !== label) {
      scope = scope.outer;
    }
    if (scope.live === undefined) {
      throw new Error(`no label ${label} in sight`);
    }
    return scope.live;
  }
}

export class Liveness {
  /** @param {Iterable<string>} locals */
  constructor(locals) {
    this.bits = new Map([...locals].map((local, index) => [local, 1n << BigInt(index)]));
  }

  setOf(locals) {
    return [...locals].reduce((set, local) => set | this.bit(local), 0n);
  }

  /** @returns {string[]} in the order in which the function declares them, so that the output is always the same */
  localsIn(set) {
    return [...this.bits].filter(([, bit]) => (set & bit) !== 0n).map(([local]) => local);
  }

  bit(local) {
    const bit = this.bits.get(local);
    if (bit === undefined) {
      throw new Error(`no local ${local}`);
    }
    return bit;
  }

  /** @returns {bigint} what is live before the operations run one after the other, given what is live after them */
  beforeAll(nodes, after, labels) {
    return nodes.reduceRight((live, node) => this.before(node, live, labels), after);
  }

  before(node, after, labels) {
    switch (node[0]) {
      case "local.get":
        return after | this.bit(node[1]);
      case "local.set":
      case "local.tee":
        return this.before(node[2], after & ~this.bit(node[1]), labels);
      case "block":
        return this.beforeBlock(node, after, labels);
      case "loop":
        return this.beforeLoop(node, after, labels);
      case "if":
        return this.beforeIf(node, after, labels);
      case "br":
        return this.beforeAll(operands(node), labels.at(node[1]), labels);
      case "br_if":
        return this.beforeAll(operands(node), after | labels.at(node[1]), labels);
      case "br_table":
        return this.beforeAll(operands(node), targetsLive(node, labels), labels);
      case "return":
      case "unreachable":
        return this.beforeAll(operands(node), 0n, labels);
      default:
        return this.beforeAll(operands(node), after, labels);
    }
  }

  beforeBlock(node, after, labels) {
    const { label, rest } = structure(node);
    return this.beforeAll(rest, after, labels.with(label, after));
  }

  /** The label leads back to the top, whose live set is what is being computed: repeat until it no longer grows. */
  beforeLoop(node, after, labels) {
    const { label, rest } = structure(node);
    let top = 0n;
    for (;;) {
      const live = this.beforeAll(rest, after, labels.with(label, top)) | top;
      if (live === top) {
        return live;
      }
      top = live;
    }
  }

  beforeIf(node, after, labels) {
    const { label, rest } = structure(node);
    const inside = labels.with(label, after);
    const [condition, yes, no = ["else"]] = rest;
    const branches = this.beforeAll(yes.slice(1), after, inside) | this.beforeAll(no.slice(1), after, inside);
    return this.before(condition, branches, labels);
  }
}

function targetsLive(node, labels) {
  return node.slice(1).filter((target) => typeof target === "string").reduce((live, target) => live | labels.at(target), 0n);
}
