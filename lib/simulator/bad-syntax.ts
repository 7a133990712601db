/** Something that is written wrongly, in words for its author; whoever reads the file says where. */
export class BadSyntax extends Error {}
