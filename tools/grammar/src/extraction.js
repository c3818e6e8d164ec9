/**
 * Turns a run of statements into a helper function and the statements that call it.
 *
 * The helper takes the locals that the run reads, and returns those that it writes and the code behind it needs. Where
 * the run can leave in more than one way (it falls out of its end, or branches to labels around it) the helper first
 * returns the number of the way, and the caller branches on it.
 */
import { diverts, operands, structure } from "./expression.js";
import { Labels } from "./liveness.js";

const FALL = "fall";
const WAY = "$way";

/**
 * @param {any[][]} run statements in order, none of which leaves a value
 * @param {{after: bigint, labels: Labels, liveness: Liveness, types: Map<string, any>}} context `types` gains the
 *     locals that the call needs
 * @returns {{helper: any[], call: any[][]} | undefined} undefined when the run cannot move: it returns from the
 *     function, or carries a value over a branch
 */
export function extract(run, name, context) {
  const traffic = trafficOf(run);
  if (traffic.stays) {
    return undefined;
  }
  const ways = [...(diverts(run.at(-1)) ? [] : [FALL]), ...traffic.exits];
  const plan = { name, run, ways, ...locals(traffic, ways, run, context) };
  return { helper: helper(plan, context.types), call: call(plan, context.types) };
}

function trafficOf(run) {
  const traffic = { touched: new Set(), written: new Set(), defined: new Set(), targets: new Set(), stays: false };
  run.forEach((node) => note(node, traffic));
  return { ...traffic, exits: [...traffic.targets].filter((label) => !traffic.defined.has(label)).sort() };
}

function note(node, traffic) {
  const [op, first] = node;
  if (op.startsWith("local.")) {
    traffic.touched.add(first);
    if (op !== "local.get") {
      traffic.written.add(first);
    }
  } else if (["block", "loop", "if"].includes(op)) {
    traffic.defined.add(structure(node).label);
  } else if (op === "return") {
    traffic.stays = true;
  } else if (op.startsWith("br")) {
    noteBranch(node, traffic);
  }
  for (const child of node) {
    if (Array.isArray(child)) {
      note(child, traffic);
    }
  }
}

function noteBranch(node, traffic) {
  node.slice(1).filter((target) => typeof target === "string").forEach((label) => traffic.targets.add(label));
  const conditions = node[0] === "br" ? 0 : 1;
  // A branch with a value could stay inside, but then it is too rare to be worth the distinction.
  traffic.stays ||= operands(node).length > conditions;
}

function locals(traffic, ways, run, { after, labels, liveness }) {
  const needed = ways.reduce((live, way) => live | (way === FALL ? after : labels.at(way)), 0n);
  const results = liveness.localsIn(needed & liveness.setOf(traffic.written));
  // Each way out returns all results, those that this way did not write as they came in: so they are live there.
  const returned = liveness.setOf(results);
  const parameters = liveness.localsIn(liveness.beforeAll(run, returned, Labels.allNeeding(returned)));
  const inner = [...traffic.touched].filter((local) => !parameters.includes(local)).sort();
  return { results, parameters, inner };
}

function resultTypes({ ways, results }, types) {
  return [...(ways.length > 1 ? ["i32"] : []), ...results.map((local) => types.get(local))];
}

function helper(plan, types) {
  const results = resultTypes(plan, types);
  return [
    "func",
    plan.name,
    ...plan.parameters.map((local) => ["param", local, types.get(local)]),
    ...(results.length > 0 ? [["result", ...results]] : []),
    ...plan.inner.map((local) => ["local", local, types.get(local)]),
    ...helperBody(plan),
    ["unreachable"],
  ];
}

/** A block around the run for each label outside; behind the block stands the return that tells this way. */
function helperBody(plan) {
  const labels = plan.ways.filter((way) => way !== FALL);
  const renamed = new Map(labels.map((label, index) => [label, `$exit${index}`]));
  const inside = plan.run.map((node) => retarget(node, renamed));
  if (plan.ways.includes(FALL)) {
    inside.push(leave(plan, FALL));
  }
  return labels.reduce((body, label) => [["block", renamed.get(label), ...body], leave(plan, label)], inside);
}

function leave({ ways, results }, way) {
  const values = results.map((local) => ["local.get", local]);
  if (ways.length > 1) {
    values.unshift(["i32.const", String(ways.indexOf(way))]);
  }
  return values.length > 1 ? ["return", ["tuple.make", String(values.length), ...values]] : ["return", ...values];
}

function retarget(node, renamed) {
  const branches = node[0].startsWith("br");
  return node.map((child) => {
    if (Array.isArray(child)) {
      return retarget(child, renamed);
    }
    return branches ? (renamed.get(child) ?? child) : child;
  });
}

function call(plan, types) {
  const invocation = ["call", plan.name, ...plan.parameters.map((local) => ["local.get", local])];
  return [...assign(invocation, plan, types), ...goOn(plan.ways)];
}

function assign(invocation, plan, types) {
  const several = plan.ways.length > 1;
  if (several) {
    types.set(WAY, "i32");
  }
  const targets = [...(several ? [WAY] : []), ...plan.results];
  if (targets.length === 0) {
    return [invocation];
  }
  return targets.length === 1 ? [["local.set", targets[0], invocation]] : unpack(invocation, targets, types);
}

function unpack(invocation, targets, types) {
  const members = targets.map((local) => types.get(local));
  const tuple = `$tuple_${members.join("_")}`;
  types.set(tuple, ["tuple", ...members]);
  const member = (index) => ["tuple.extract", String(targets.length), String(index), ["local.get", tuple]];
  return [["local.set", tuple, invocation], ...targets.map((local, index) => ["local.set", local, member(index)])];
}

function goOn(ways) {
  if (ways.length === 0) {
    return [["unreachable"]];
  }
  if (ways.length === 1) {
    return ways[0] === FALL ? [] : [["br", ways[0]]];
  }
  const branches = ways.slice(1).map((label, index) => ["br_if", label, isWay(index + 1)]);
  return ways[0] === FALL ? branches : [...branches, ["br", ways[0]]];
}

function isWay(number) {
  return ["i32.eq", ["local.get", WAY], ["i32.const", String(number)]];
}
