/** Rule files by name. */
export type RuleFiles = Readonly<Record<string, string>>;
