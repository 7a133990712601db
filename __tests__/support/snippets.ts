import { join } from "node:path";
import ts from "typescript";
import { root } from "./markdown";

/** TypeScript out of a page, as if it were a file of services/. */
export interface Snippet {
  readonly name: string;
  readonly text: string;
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}

/** What the compiler says of each snippet under the project's own settings; the files exist in memory only. */
export function complaints(snippets: readonly Snippet[]): Readonly<Record<string, readonly string[]>> {
  const texts = new Map(snippets.map(({ name, text }) => [join(root, "services", `${name}.ts`), text]));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return Object.fromEntries(
    snippets.map(({ name }) => {
      const file = program.getSourceFile(join(root, "services", `${name}.ts`));
      const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      return [name, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))];
    }),
  );
}

/** Runs a snippet where it would stand, and gives what it exports. */
export function run({ text }: Snippet): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, unknown> = {};
  const from = (name: string) => require(name.startsWith(".") ? join(root, "services", name) : name);
  new Function("require", "exports", outputText)(from, exported);
  return exported;
}
