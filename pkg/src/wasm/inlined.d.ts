/** The module of backorder_bg.wasm in base64; the build writes it. */
declare const base64: string;
export default base64;
