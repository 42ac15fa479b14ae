/**
 * Runs the command line $0 and ends with its code. Its group, which is its own, is ended as soon as nobody holds our
 * input open: where it is given up, and where this process is gone, whatever has ended it. With $1, a last byte says that
 * all that it wrote is there, also where something that it left behind holds the pipes.
 */
const wrapper = `
exec 3<&0 </dev/null
{ read -r never <&3; kill -KILL 0; } >/dev/null 2>&1 &
/bin/sh -c "$0" 3<&-
code=$?
kill -KILL $!
[ -z "$1" ] || { printf '\\036'; printf '\\036' >&2; }
exit $code
`;

export const endByte = 0x1e;

/** The words that start a command line which ends with us. It wants a pipe for its input, and to be `detached`. */
export function groupWords(run: string, hasEndByte = false): readonly [string, ...string[]] {
  return ['/bin/sh', '-c', wrapper, run, ...(hasEndByte ? ['output'] : [])];
}
