/**
 * A record of texts that are each made when somebody first reads them: whoever wants one file, or only the data that
 * the files are written from, does not wait for all of them.
 */
export function deferred(makers: Readonly<Record<string, () => string>>): Readonly<Record<string, string>> {
  const record = {};
  for (const [name, make] of Object.entries(makers)) {
    let made: string | undefined;
    const get = () => {
      made ??= make();
      return made;
    };
    Object.defineProperty(record, name, { get, enumerable: true, configurable: true });
  }
  return record;
}

/** All of the records in one, sorted by name; nothing deferred is made by it. A later record wins. */
export function merged(records: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  const found: Record<string, PropertyDescriptor> = {};
  for (const record of records) Object.assign(found, Object.getOwnPropertyDescriptors(record));
  const sorted = Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.defineProperties({}, Object.fromEntries(sorted));
}
