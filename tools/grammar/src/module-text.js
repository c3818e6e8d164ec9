/**
 * A WebAssembly module as text, cut into its functions.
 *
 * Most functions pass through as they are; only those that have to change are parsed. That keeps 100 MB of text (the
 * indentation of three functions) from becoming a hundred million objects.
 */
export class ModuleText {
  /** @param {string} text as binaryen prints it: every top-level element begins a line with one space */
  constructor(text) {
    const parts = text.replace(/\)\s*$/, "").split(/\n (?=\(func )/);
    this.header = parts[0];
    this.functions = new Map(parts.slice(1).map((part) => [nameOf(part), part.trimEnd()]));
  }

  /** @returns {string[]} the functions that the table holds, in the table's order, which counts from 1 */
  tableEntries() {
    return /\n \(elem \$\S+ \(i32\.const 1\) ([^)]*)\)/.exec(this.header)[1].split(" ");
  }

  /** @returns {Map<string, string>} exported name → function */
  exportedFunctions() {
    return new Map([...this.header.matchAll(/\n \(export "([^"]+)" \(func (\S+)\)\)/g)].map(([, name, f]) => [name, f]));
  }

  /** @returns {Map<string, string>} function → imported name */
  importedFunctions() {
    return new Map([...this.header.matchAll(/\n \(import "\w+" "([^"]+)" \(func (\S+)/g)].map(([, name, f]) => [f, name]));
  }

  renameImports(names) {
    this.header = this.header.replace(/(\n \(import "\w+" ")([^"]+)"/g, (_, start, old) => `${start}${names.get(old)}"`);
  }

  renameExports(names) {
    this.header = this.header.replace(/(\n \(export ")([^"]+)"/g, (_, start, old) => `${start}${names.get(old)}"`);
  }

  keepExports(names) {
    this.header = this.header.replace(/\n \(export "([^"]+)" [^\n]*/g, (line, name) => (names.has(name) ? line : ""));
  }

  setInitialMemory(pages) {
    this.header = this.header.replace(/(\n \(memory \$\S+ )\d+/, `$1${pages}`);
  }

  toString() {
    return `${this.header}\n ${[...this.functions.values()].join("\n ")}\n)\n`;
  }
}

function nameOf(part) {
  return /^\(func (\S+)/.exec(part)[1];
}
