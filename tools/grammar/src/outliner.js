/**
 * Makes a function smaller by moving runs of its statements into helpers.
 *
 * The JVM refuses a method over 64 KB of bytecode. PostgreSQL's largest functions are switches with thousands of cases;
 * in text each case's body follows the block that holds the switch and the earlier cases. So: walk down into what is
 * large, and pack what is small enough into helpers.
 */
import { extract } from "./extraction.js";
import { operands, parse, print, size, structure } from "./expression.js";
import { Labels, Liveness } from "./liveness.js";

/** In operations. A run below `smallest` costs more as a call than it saves; a helper grows to about `largest`. */
const HELPER = { smallest: 12, largest: 1500 };

/** A jump table of this many targets is the function's own switch and must stay. */
const OWN_SWITCH = 60;

/**
 * @param {string} text of one function
 * @returns {string[]} the text of the function, then of its helpers
 */
export function outline(text) {
  return new Outliner(parse(text)).run().map(print);
}

class Outliner {
  constructor([, name, ...parts]) {
    const isHead = (part) => ["type", "param", "result", "local"].includes(part[0]);
    this.name = name;
    this.head = parts.filter(isHead);
    this.body = parts.filter((part) => !isHead(part));
    this.types = new Map(this.head.filter(([op]) => op === "param" || op === "local").map(([, local, type]) => [local, type]));
    this.liveness = new Liveness(this.types.keys());
    this.helpers = [];
  }

  run() {
    const declared = new Set(this.types.keys());
    const yieldsValue = this.head.some(([op]) => op === "result");
    const body = this.sequence(this.body, 0n, Labels.NONE, yieldsValue);
    const added = [...this.types].filter(([local]) => !declared.has(local)).map(([local, type]) => ["local", local, type]);
    return [["func", this.name, ...this.head, ...added, ...body], ...this.helpers];
  }

  /** @param {boolean} yieldsValue whether the last statement is the sequence's value and so must stay */
  sequence(statements, after, labels, yieldsValue) {
    if (statements.reduce((sum, node) => sum + size(node), 0) < HELPER.largest / 2) {
      return statements;
    }
    const lives = this.livesAfter(statements, after, labels);
    const packed = [];
    let run = [];
    let runSize = 0;
    const flush = (live) => {
      packed.push(...this.pack(run, runSize, live, labels));
      run = [];
      runSize = 0;
    };
    statements.forEach((original, index) => {
      const node = this.inside(original, lives[index], labels);
      const stays = (yieldsValue && index === statements.length - 1) || mustStay(original, node);
      if (run.length > 0 && (stays || runSize + size(node) > HELPER.largest)) {
        flush(lives[index - 1]);
      }
      if (stays) {
        packed.push(node);
      } else {
        run.push(node);
        runSize += size(node);
      }
    });
    flush(lives.at(-1));
    return packed;
  }

  livesAfter(statements, after, labels) {
    const lives = new Array(statements.length);
    let live = after;
    for (let index = statements.length - 1; index >= 0; index--) {
      lives[index] = live;
      live = index > 0 ? this.liveness.before(statements[index], live, labels) : live;
    }
    return lives;
  }

  pack(run, runSize, after, labels) {
    if (runSize < HELPER.smallest) {
      return run;
    }
    const context = { after, labels, liveness: this.liveness, types: this.types };
    const extracted = extract(run, `${this.name}_${this.helpers.length}`, context);
    if (extracted === undefined) {
      return run;
    }
    this.helpers.push(extracted.helper);
    return extracted.call;
  }

  /** @returns the same statement, the sequences within it packed */
  inside(node, after, labels) {
    switch (node[0]) {
      case "block":
        return this.insideBlock(node, after, labels.with(structure(node).label, after));
      case "loop":
        return this.insideBlock(node, after, labels.with(structure(node).label, this.liveness.before(node, after, labels)));
      case "if":
        return this.insideIf(node, after, labels);
      case "local.set":
        return [...node.slice(0, 2), this.inside(node[2], after & ~this.liveness.bit(node[1]), labels)];
      default:
        return node;
    }
  }

  insideBlock(node, after, labels) {
    const { result, head, rest } = structure(node);
    return [...head, ...this.sequence(rest, after, labels, result !== undefined)];
  }

  insideIf(node, after, labels) {
    const { label, result, head, rest } = structure(node);
    const inner = labels.with(label, after);
    const [condition, ...branches] = rest;
    const packed = branches.map(([name, ...body]) => [name, ...this.sequence(body, after, inner, result !== undefined)]);
    return [...head, condition, ...packed];
  }
}

function mustStay(original, node) {
  return holdsOwnSwitch(node) || size(original) > HELPER.largest * 2 || (node[0] === "block" && size(original) > HELPER.largest);
}

function holdsOwnSwitch(node) {
  return (node[0] === "br_table" && node.length > OWN_SWITCH) || operands(node).some(holdsOwnSwitch);
}
