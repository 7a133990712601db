import type { Folders } from "../placeholders";

/** Where a server finds its folders inside its container. */
export const containerFolders: Folders = {
  config: "/watchbill/config",
  data: "/watchbill/data",
  secrets: "/watchbill/secrets",
};

/** Where new files wait until they are checked. */
export const incomingFolder = "/watchbill/incoming";

/** Where a script of this repository finds the repository. */
export const repositoryFolder = "/watchbill/repository";
