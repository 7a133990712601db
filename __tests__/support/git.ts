import { execFileSync } from "node:child_process";

/**
 * Git in a folder, and nowhere else: in a hook its own variables name the developer's repository, which a test would
 * commit into; and neither their hooks nor their signatures are any business of a test.
 */
export const gitIn =
  (root: string) =>
  (...words: readonly string[]): string => {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
    const env = { ...Object.fromEntries(own), GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
    const author = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    return execFileSync("git", [...author, ...words], { cwd: root, env, encoding: "utf8" });
  };
