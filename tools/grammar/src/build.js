/**
 * From the module of the npm package to the one that becomes bytecode.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import binaryen from "binaryen";
import { exportNames, importNames } from "./glue.js";
import { ModuleText } from "./module-text.js";
import { outline } from "./outliner.js";
import { shake } from "./shake.js";
import { shrinkStack } from "./stack.js";

/** What the Java host calls. */
const EXPORTS = new Set([
  "memory",
  "indirect_function_table",
  "initialize",
  "malloc",
  "free",
  "wasm_parse_query_raw",
  "wasm_free_parse_result",
  "wasm_parse_plpgsql",
  "wasm_free_string",
  "setThrew",
  "emscripten_stack_restore",
  "emscripten_stack_get_current",
]);

/** In bytes. `DeepStack` on the Java side is so small that this one lasts longer; change one with the other. */
const STACK = 8 << 20;

/** In operations, about three bytes of bytecode each; a JVM method holds 65,535. */
const LARGE_FUNCTION = 16_000;

/** What Chicory can read. Newer encodings (reference types, for one) it cannot. */
const { MVP, Multivalue, BulkMemory, BulkMemoryOpt, SignExt, NontrappingFPToInt } = binaryen.Features;
const FEATURES = MVP | Multivalue | BulkMemory | BulkMemoryOpt | SignExt | NontrappingFPToInt;

/** @returns {Uint8Array} the same bytes for the same versions of the packages, always */
export function build() {
  const folder = path.dirname(createRequire(import.meta.url).resolve("libpg-query"));
  const glue = readFileSync(path.join(folder, "libpg-query.js"), "utf8");
  const module = new ModuleText(disassemble(readFileSync(path.join(folder, "libpg-query.wasm"))));
  module.renameImports(importNames(glue));
  module.renameExports(exportNames(glue));
  shake(module, EXPORTS);
  shrinkStack(module, STACK);
  outlineLargeFunctions(module);
  return assemble(module.toString());
}

function outlineLargeFunctions(module) {
  for (const [name, text] of module.functions) {
    if (operationCount(text) > LARGE_FUNCTION) {
      module.functions.set(name, outline(text).join("\n "));
    }
  }
}

function operationCount(text) {
  return text.split("(").length;
}

function disassemble(bytes) {
  const module = binaryen.readBinary(bytes);
  const text = module.emitText();
  module.dispose();
  return text;
}

function assemble(text) {
  const module = binaryen.parseText(text);
  module.setFeatures(FEATURES);
  module.runPasses(["remove-unused-module-elements"]);
  if (!module.validate()) {
    throw new Error("binaryen says that the transformed module is not valid");
  }
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}
