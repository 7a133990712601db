/** Rule files by name. */
export type RuleSet = Readonly<Record<string, string>>;
