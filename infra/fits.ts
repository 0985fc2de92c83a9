/**
 * A thing of CDK's as what its own interface calls it: under `exactOptionalPropertyTypes` its classes do not meet their
 * interfaces, in properties that may be undefined.
 */
export function fits<Wanted>(
  made: Wanted extends object ? { readonly [name in keyof Wanted]: Wanted[name] | undefined } : never,
): Wanted {
  return made as Wanted;
}
