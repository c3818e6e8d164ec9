/**
 * WebAssembly text as nested arrays: `(local.set $0 (i32.const 1))` is `["local.set", "$0", ["i32.const", "1"]]`.
 */

const TOKEN = /"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g;

export function parse(text) {
  const open = [[]];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "(") {
      open.push([]);
    } else if (token === ")") {
      const done = open.pop();
      open.at(-1).push(done);
    } else {
      open.at(-1).push(token);
    }
  }
  return open[0][0];
}

export function print(node) {
  return Array.isArray(node) ? `(${node.map(print).join(" ")})` : node;
}

const sizes = new WeakMap();

/** @returns {number} how many operations the node holds, itself included; remembered, for nodes never change */
export function size(node) {
  if (!Array.isArray(node)) {
    return 0;
  }
  let known = sizes.get(node);
  if (known === undefined) {
    known = node.reduce((sum, child) => sum + size(child), 1);
    sizes.set(node, known);
  }
  return known;
}

/** @returns {any[][]} the operands that are operations themselves, in the order in which they run */
export function operands(node) {
  return node.slice(1).filter((child) => Array.isArray(child) && !["type", "param", "result"].includes(child[0]));
}

/** The parts of a `block`, `loop` or `if`: `[op, label?, (result …)?, …rest]`. */
export function structure(node) {
  let at = 1;
  const label = typeof node[at] === "string" ? node[at++] : undefined;
  const result = Array.isArray(node[at]) && node[at][0] === "result" ? node[at++] : undefined;
  return { label, result, head: node.slice(0, at), rest: node.slice(at) };
}

/** @returns {boolean} whether control never arrives behind this operation */
export function diverts(node) {
  return ["br", "br_table", "return", "unreachable"].includes(node[0]);
}
