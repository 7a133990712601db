import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../..");
const rooms = ["lib", "stacks", "packages", "environments", "main.ts"];

/** A diagnostic's code as the source has it, and where. */
export interface CodeInSource {
  readonly code: string;
  readonly at: string;
}

function sources(): readonly ts.SourceFile[] {
  const files = rooms.flatMap((room) => {
    const path = join(root, room);
    if (statSync(path).isFile()) return [path];
    const below = readdirSync(path, { recursive: true, encoding: "utf8" }).map((file) => join(path, file));
    return below.filter((file) => file.endsWith(".ts") && !file.includes("node_modules"));
  });
  return files.map((file) => ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true));
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => visit(child, look));
}

function place(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${relative(root, file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

type Function = ts.ArrowFunction | ts.FunctionDeclaration | ts.FunctionExpression | ts.MethodDeclaration;
const isFunction = (node: ts.Node): node is Function =>
  ts.isArrowFunction(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isMethodDeclaration(node);

/** The function around a node that has a parameter of this name, as what it is called and which parameter it is. */
function parameter(node: ts.Node, name: string): { readonly called: string; readonly index: number } | undefined {
  for (let at: ts.Node = node; at.parent; at = at.parent) {
    if (!isFunction(at)) continue;
    const index = at.parameters.findIndex((one) => one.name.getText() === name);
    if (index === -1) continue;
    const called = at.name ?? (ts.isVariableDeclaration(at.parent) ? at.parent.name : undefined);
    return called && { called: called.getText(), index };
  }
  return undefined;
}

/** What an object literal says its code is, if it is a diagnostic: nothing else has a hint. */
function codeOf(node: ts.Node): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const property = (name: string) => node.properties.find((one) => one.name?.getText() === name);
  const code = property("code");
  if (!code || !property("hint")) return undefined;
  if (ts.isShorthandPropertyAssignment(code)) return code.name;
  return ts.isPropertyAssignment(code) ? code.initializer : undefined;
}

/** The file that a name comes from, in a file that imports it or has it itself. */
function home(file: ts.SourceFile, name: string): string {
  const imports = file.statements.filter(ts.isImportDeclaration).find(({ importClause }) => {
    const named = importClause?.namedBindings;
    return named && ts.isNamedImports(named) && named.elements.some((one) => one.name.text === name);
  });
  const from = imports && (imports.moduleSpecifier as ts.StringLiteral).text;
  return from?.startsWith(".") ? `${join(dirname(file.fileName), from)}.ts` : file.fileName;
}

/**
 * Every code that a diagnostic can have, read from the syntax: object literals with a code and a hint, and calls of the
 * functions that take the code as a parameter and put it into one.
 *
 * @throws Error for a code that is computed
 */
export function codesInSource(): readonly CodeInSource[] {
  const files = sources();
  const makers = new Map<string, number>();
  const found = new Map<string, CodeInSource>();
  const add = (code: string, node: ts.Node) => found.set(place(node), { code, at: place(node) });
  const note = (code: ts.Expression): void => {
    if (ts.isStringLiteral(code)) {
      add(code.text, code);
      return;
    }
    const taken = parameter(code, code.getText());
    if (!taken)
      throw new Error(`${place(code)}: the code ${code.getText()} is computed, so that no reader can find it`);
    makers.set(`${code.getSourceFile().fileName} ${taken.called}`, taken.index);
  };
  const look = (node: ts.Node): void => {
    // What is put among Terraform's own words is a line already.
    const line = ts.isTemplateHead(node) || ts.isStringLiteral(node) ? /^error ([a-z-]+) \[/.exec(node.text) : null;
    if (line?.[1]) add(line[1], node);
    const code = codeOf(node);
    if (code) note(code);
    if (!ts.isCallExpression(node)) return;
    const name = node.expression.getText();
    const index = makers.get(`${home(node.getSourceFile(), name)} ${name}`);
    const argument = index === undefined ? undefined : node.arguments[index];
    if (argument) note(argument);
  };
  // A function that is found to take a code makes its callers worth another look.
  for (let known = -1; known !== makers.size; ) {
    known = makers.size;
    for (const file of files) visit(file, look);
  }
  return [...found.values()];
}
