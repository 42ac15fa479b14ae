/** 'nobody' 是程序自己做的。 */
export function who(by: string): string {
  return by === 'nobody' ? '自动' : by;
}
