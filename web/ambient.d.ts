/** Modules that only the build knows, and interfaces newer than tsc's. */
declare module 'capsa-core' {
  const createCore: (module: object) => Promise<any>;
  export default createCore;
}
declare module 'capsa-core.wasm?url' {
  const url: string;
  export default url;
}
declare module '*?worker&url' {
  const url: string;
  export default url;
}
declare module '*?url' {
  const url: string;
  export default url;
}
declare module '*.css';
declare module 'virtual:licences' {
  /** What ships, with its licence's text where it has one. */
  export const licences: {
    name: string;
    version: string;
    licence: string;
    home: string;
    text: string;
  }[];
}
interface Window {
  trustedTypes?: any;
}
