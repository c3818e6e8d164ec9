/**
 * Usage: main.js OUTPUT POM [--check]
 *
 * Writes the transformed module, and its digest into the POM, whose build turns it into bytecode once for each digest.
 * With --check compares both with what is there: exit 1 when they differ.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { Worker, isMainThread, parentPort } from "node:worker_threads";

/** Expressions nest by the thousand, and both binaryen and the outliner follow them down: the usual stack is too small. */
const DEEP = { stackSizeMb: 512, maxOldGenerationSizeMb: 4096 };

if (isMainThread) {
  main(process.argv[2], process.argv[3], process.argv.includes("--check"));
} else {
  const { build } = await import("./build.js");
  parentPort.postMessage(build());
}

function main(output, pom, check) {
  const worker = new Worker(new URL(import.meta.url), { resourceLimits: DEEP });
  worker.on("message", (bytes) => (check ? compare(output, pom, bytes) : write(output, pom, bytes)));
  worker.on("error", (error) => {
    console.error(error);
    process.exitCode = 1;
  });
}

function write(output, pom, bytes) {
  writeFileSync(output, bytes);
  writeFileSync(pom, withDigest(readFileSync(pom, "utf8"), bytes));
  console.log(`${output}: ${bytes.length} bytes`);
}

function compare(output, pom, bytes) {
  const text = readFileSync(pom, "utf8");
  const same = existsSync(output) && readFileSync(output).equals(bytes) && withDigest(text, bytes) === text;
  console.log(same ? `${output} is what the packages give` : `${output} is not what the packages give: run tools/grammar/regenerate`);
  process.exitCode = same ? 0 : 1;
}

function withDigest(text, bytes) {
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  return text.replace(/postgres18-[0-9a-f]{12}/g, `postgres18-${digest}`);
}
