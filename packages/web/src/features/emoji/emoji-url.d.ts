// What the build provides: where the emoji data lies on our own server.
declare module "virtual:emoji-data-url" {
  export const url: string;
}
