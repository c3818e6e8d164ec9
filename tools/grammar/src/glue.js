/**
 * The package's module names its imports and exports with single letters that change from build to build; the
 * JavaScript beside it says what they mean. Reading the meaning there lets the Java host use names.
 */

/** @returns {Map<string, string>} letter → name, `a` → `invoke_iii` */
export function importNames(glue) {
  const table = /var wasmImports=\{([^}]*)\}/.exec(glue)[1];
  return new Map(table.split(",").map((entry) => entry.split(":")).map(([letter, name]) => [letter, bare(name)]));
}

/** @returns {Map<string, string>} letter → name, `C` → `malloc` */
export function exportNames(glue) {
  const assigned = [...glue.matchAll(/[{;](\w+)=(?:\w+(?:\["\w+"\])?=)?wasmExports\["(\w+)"\]/g)];
  const names = new Map(assigned.map(([, name, letter]) => [letter, bare(name)]));
  // Emscripten calls the constructors once, unnamed, when the runtime starts.
  names.set(/TTY\.init\(\);wasmExports\["(\w+)"\]\(\)/.exec(glue)[1], "initialize");
  return names;
}

function bare(name) {
  return name.replace(/^_+/, "");
}
