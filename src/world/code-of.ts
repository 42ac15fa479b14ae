/** Why a file could not be had: the code of the system, such as ENOENT, where it gave one. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}
