import { readFileSync, writeFileSync } from 'fs';

/** Offsets of the ELF structures that are read here (64 bits, little-endian). */
const SECTIONS = 0x28;
const SECTION_SIZE = 0x3a;
const SYMBOL_SIZE = 24;
const TYPE_DYNSYM = 11;
const TYPE_VERSYM = 0x6fffffff;
const TYPE_VERNEED = 0x6ffffffe;
const WEAK = 0x20;

/** The C23 names of functions that are in every glibc under their plain names: they differ in reading `0b` only. */
const C23 = '__isoc23_';
/** Only tells which libstdc++ a program was linked to; nobody calls it. */
const MARKER = '_ZSt21ios_base_library_initv';

/** What newer versions are asked for as: versions that Debian 12 has, and that the file asks for anyway. */
const OLDER: readonly (readonly [newer: string, older: string])[] = [
  ['libc.so.6 GLIBC_2.38', 'libc.so.6 GLIBC_2.34'],
  ['libstdc++.so.6 GLIBCXX_3.4.32', 'libstdc++.so.6 GLIBCXX_3.4.30'],
];

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
}

/**
 * Lets the fuzzer's prebuilt addon load where glibc is older than 2.38: three of its symbols ask for newer libraries without a need.
 *
 * @see https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html
 */
export function useOlderLibraries(file: string): void {
  const elf = readFileSync(file);
  const sections = sectionsOf(elf);
  const symbols = sections.find(({ type }) => type === TYPE_DYNSYM)!;
  const versions = sections.find(({ type }) => type === TYPE_VERSYM)!;
  const names = sections[symbols.link].offset;
  const text = (offset: number) => elf.toString('latin1', names + offset, elf.indexOf(0, names + offset));
  const needed = neededVersions(elf, sections.find(({ type }) => type === TYPE_VERNEED)!, text);

  for (let index = 0; index < symbols.size / SYMBOL_SIZE; index++) {
    const symbol = symbols.offset + index * SYMBOL_SIZE;
    const name = text(elf.readUInt32LE(symbol));
    if (name.startsWith(C23)) {
      // Names are offsets, so the plain name is the end of the new one.
      elf.writeUInt32LE(elf.readUInt32LE(symbol) + C23.length, symbol);
      elf.writeUInt16LE(elf.readUInt16LE(needed.get('libc.so.6 GLIBC_2.2.5')! + 6), versions.offset + 2 * index);
    } else if (name === MARKER) {
      // The binding is the upper half of the byte.
      elf[symbol + 4] = elf[symbol + 4] % 16 + WEAK;
    }
  }
  for (const [newer, older] of OLDER) {
    const [to, from] = [needed.get(newer), needed.get(older)];
    if (to !== undefined && from !== undefined) {
      // The hash of the name, then the name.
      elf.copy(elf, to, from, from + 4);
      elf.copy(elf, to + 8, from + 8, from + 12);
    }
  }
  writeFileSync(file, elf);
}

function sectionsOf(elf: Buffer): Section[] {
  const table = Number(elf.readBigUInt64LE(SECTIONS));
  const [size, count] = [elf.readUInt16LE(SECTION_SIZE), elf.readUInt16LE(SECTION_SIZE + 2)];
  return Array.from({ length: count }, (_, index) => table + index * size).map(at => ({
    type: elf.readUInt32LE(at + 4),
    offset: Number(elf.readBigUInt64LE(at + 0x18)),
    size: Number(elf.readBigUInt64LE(at + 0x20)),
    link: elf.readUInt32LE(at + 0x28),
    info: elf.readUInt32LE(at + 0x2c),
  }));
}

/** Where the file says which version of which library it needs. */
function neededVersions(elf: Buffer, { offset, info }: Section, text: (offset: number) => string): Map<string, number> {
  const needed = new Map<string, number>();
  for (let library = offset, left = info; left > 0; left--, library += elf.readUInt32LE(library + 12)) {
    let version = library + elf.readUInt32LE(library + 8);
    for (let of = elf.readUInt16LE(library + 2); of > 0; of--, version += elf.readUInt32LE(version + 12)) {
      needed.set(`${text(elf.readUInt32LE(library + 4))} ${text(elf.readUInt32LE(version + 8))}`, version);
    }
  }
  return needed;
}
