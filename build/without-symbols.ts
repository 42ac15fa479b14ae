/**
 * An ELF file for 64 bits, little-endian, up to the end of what is loaded of it: what follows, symbols and debug
 * information, is for debuggers alone, and a fifth of Node. As `strip`, of which each machine has another version, and
 * which knows one architecture.
 */
export function withoutSymbols(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') throw new Error('not an ELF file of 64 bits');
  const [at, size, count] = [
    Number(file.readBigUInt64LE(0x20)),
    file.readUInt16LE(0x36),
    file.readUInt16LE(0x38),
  ];
  const headers = Array.from({ length: count }, (_, index) => file.subarray(at + index * size));
  // Offset and size in the file.
  const ends = headers.map((one) => Number(one.readBigUInt64LE(0x08) + one.readBigUInt64LE(0x20)));
  const kept = Buffer.from(file.subarray(0, Math.max(...ends)));
  // No section headers: where they are, how many, and which holds their names.
  kept.writeBigUInt64LE(0n, 0x28);
  kept.writeUInt32LE(0, 0x3c);
  return kept;
}
