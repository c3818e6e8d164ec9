/**
 * Drops what only the exports that Godwit does not use can reach: almost half of the code, the fingerprint first.
 *
 * Binaryen's own removal cannot, because a function that runs under `setjmp` is called through the table
 * (`invoke_vi(169, …)`) and whatever the table holds counts as used. Here such a call is an edge like any other, and
 * the table's other entries, which may be called through pointers, count as used. Should that ever be wrong, the
 * function that was thought dead traps: a clean error of the host, never a wrong tree.
 */
export function shake(module, keptExports) {
  const graph = callGraph(module);
  const exported = [...module.exportedFunctions()].filter(([name]) => keptExports.has(name)).map(([, f]) => f);
  const pointers = module.tableEntries().filter((entry) => !graph.invoked.has(entry));
  const alive = reachable(graph.edges, [...exported, ...pointers]);
  module.keepExports(keptExports);
  for (const [name, text] of module.functions) {
    if (!alive.has(name)) {
      module.functions.set(name, trap(text));
    }
  }
}

function callGraph(module) {
  const table = module.tableEntries();
  const imports = module.importedFunctions();
  const edges = new Map();
  const invoked = new Set();
  for (const [name, text] of module.functions) {
    const called = new Set();
    for (const [, callee, operand] of text.matchAll(/\(call ([^\s)]+)(?:\s+\(i32\.const (\d+)\))?/g)) {
      called.add(callee);
      if (imports.get(callee)?.startsWith("invoke_")) {
        const target = table[requireConstant(operand, name) - 1];
        called.add(target);
        invoked.add(target);
      }
    }
    edges.set(name, called);
  }
  return { edges, invoked };
}

function requireConstant(operand, caller) {
  if (operand === undefined) {
    throw new Error(`${caller} invokes a function that is not known beforehand: nothing can be called dead`);
  }
  return Number(operand);
}

function reachable(edges, roots) {
  const seen = new Set();
  const open = [...roots];
  while (open.length > 0) {
    const next = open.pop();
    if (!seen.has(next)) {
      seen.add(next);
      open.push(...(edges.get(next) ?? []));
    }
  }
  return seen;
}

/** Keeps the signature, so that the table and its types stay valid. */
function trap(text) {
  const signature = /^\(func \S+(?: \((?:type|param|result)[^)]*\))*/.exec(text)[0];
  return `${signature} (unreachable))`;
}
