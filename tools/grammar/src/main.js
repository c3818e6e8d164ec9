/**
 * Usage: main.js OUTPUT [--check]
 *
 * Writes the transformed module, or with --check compares it with the file: exit 1 when they differ.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { Worker, isMainThread, parentPort } from "node:worker_threads";

/** Expressions nest by the thousand, and both binaryen and the outliner follow them down: the usual stack is too small. */
const DEEP = { stackSizeMb: 512, maxOldGenerationSizeMb: 4096 };

if (isMainThread) {
  main(process.argv[2], process.argv.includes("--check"));
} else {
  const { build } = await import("./build.js");
  parentPort.postMessage(build());
}

function main(output, check) {
  const worker = new Worker(new URL(import.meta.url), { resourceLimits: DEEP });
  worker.on("message", (bytes) => (check ? compare(output, bytes) : write(output, bytes)));
  worker.on("error", (error) => {
    console.error(error);
    process.exitCode = 1;
  });
}

function write(output, bytes) {
  writeFileSync(output, bytes);
  console.log(`${output}: ${bytes.length} bytes`);
}

function compare(output, bytes) {
  const same = existsSync(output) && readFileSync(output).equals(bytes);
  console.log(same ? `${output} is what the packages give` : `${output} is not what the packages give: run tools/grammar/regenerate`);
  process.exitCode = same ? 0 : 1;
}
