/**
 * Lowers the module's C stack, and the heap above it, within its memory.
 *
 * As shipped the stack has 32 MB. All of it is zeroed at every start, and that is a third of what a start takes. The
 * top of the stack is where the heap begins; it is named in four places: the stack pointer's initial value, the word
 * of static data with which `sbrk` begins, and the bounds that the constructors note.
 */
const SHIPPED = 32 << 20;
const PAGE = 65_536;

/** Pages of heap to begin with, as many as the shipped module has at the least. */
const HEAP = 3;

/** @param {number} size in bytes */
export function shrinkStack(module, size) {
  const top = Number(/\n \(global \$global\$0 \(mut i32\) \(i32\.const (\d+)\)\)/.exec(module.header)[1]);
  const lower = top - SHIPPED + size;
  module.header = replaceOnce(module.header, `(mut i32) (i32.const ${top})`, `(mut i32) (i32.const ${lower})`);
  module.header = replaceOnce(module.header, word(top), word(lower));
  const constructors = module.exportedFunctions().get("initialize");
  const noted = replaceOnce(module.functions.get(constructors), `(i32.const ${top})`, `(i32.const ${lower})`);
  module.functions.set(constructors, replaceOnce(noted, `(i32.const ${SHIPPED})`, `(i32.const ${size})`));
  module.setInitialMemory(Math.ceil(lower / PAGE) + HEAP);
}

function replaceOnce(text, old, replacement) {
  const parts = text.split(old);
  if (parts.length !== 2) {
    throw new Error(`${old} stands in ${parts.length - 1} places, not in one`);
  }
  return parts.join(replacement);
}

/** @returns {string} an integer as binaryen prints it within static data: little-endian, what is no ASCII escaped */
function word(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return [...bytes].map(character).join("");
}

function character(byte) {
  const plain = byte > 31 && byte < 127 && byte !== 34 && byte !== 92;
  return plain ? String.fromCharCode(byte) : `\\${byte.toString(16).padStart(2, "0")}`;
}
