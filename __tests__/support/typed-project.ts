import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../../lib/runtime/repository-root";

/** A small project of its own, whose types are checked by the compiler that is installed here. */
export class TypedProject {
  readonly root = mkdtempSync(join(tmpdir(), "watchbill-types-"));

  constructor(files: Readonly<Record<string, string>>) {
    mkdirSync(join(this.root, "node_modules"));
    for (const one of ["typescript", "@types"])
      symlinkSync(join(repositoryRoot, "node_modules", one), join(this.root, "node_modules", one));
    const compilerOptions = { strict: true, module: "node16", skipLibCheck: true };
    this.write("tsconfig.json", JSON.stringify({ compilerOptions }));
    this.write("drills/index.ts", "export {};\n");
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
