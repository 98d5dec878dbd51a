/**
 * protocol.js -- what the page and the engine worker say to each other.
 *
 *   request  { id, method, params }     page -> worker
 *   answer   { id, result }             worker -> page
 *            { id, error: {code, message} }
 *   progress { id, progress: {done, total} }     worker -> page, of a long one
 *   cancel   { cancel: id }             page -> worker
 *   event    { event, detail }          worker -> page, unasked
 *
 * `id` is a number the page picks; each request gets exactly one answer, in
 * any order. `code` is a capsa_status name ("ENOTFOUND") or one of ours:
 * ENOSYS (no such method), ECLOSED (the worker is gone), EBUG (it threw),
 * ELOAD (the program could not be fetched), ECLEARED (the site's data were
 * cleared under the open library), ECANCELLED (as was asked; what a long
 * method had done by then is whole). `message` is for the reader's
 * eyes: what happened and what to do, without a code.
 *
 * Offsets are UTF-16 units of a block's text, as in the DOM.
 */

/**
 * @typedef {{key: string, title?: string, date?: string, collection?: string,
 *   language?: string, turns?: number, edition: string, superseded?: boolean}} Entry
 *
 * @typedef {{storage: 'opfs' | 'indexeddb' | 'memory', reason: string,
 *   version: string, undo: boolean}} Opened
 *     `reason`: why it is not 'opfs', words that follow on “because”; `undo`: replace can be undone
 *
 * @typedef {'loss' | 'warning' | 'repair' | 'info'} RemarkKind
 *
 * @typedef {{status: string, words?: string, path?: string, number?: number,
 *   added?: 'new' | 'same' | 'edition', entry?: Entry,
 *   remarks?: Partial<Record<RemarkKind, number>>}} Outcome
 *     of one record in a file; `status` 'OK', 'EBINARY' or 'EEMPTY' (passed
 *     over), or what went wrong, with `words` for it
 *
 * @typedef {{kind: RemarkKind, line?: number, block?: number, turn?: number,
 *   code: string, action: string, text?: string, original?: string,
 *   before?: string, after?: string, confidence?: number}} Remark
 *
 * @typedef {{block: number, turn?: number, level?: number, kind: string,
 *   text: string}} OutlineItem
 *
 * @typedef {{html: string, next: number}} Part
 *     of a document's HTML; `next`: the block that the next part begins with, 0
 *     behind the last one. Elements that go on have `data-continued`
 *
 * @typedef {Part & {entry: Entry, head: Record<string, any>}} Reading
 *     `html`: the first part; `head`: capsa_document_to_json(head) with
 *     `outline`: OutlineItem[]
 *
 * @typedef {{number: number, rule: string, original?: string,
 *   corrected?: string, before?: string, after?: string, block?: number,
 *   turn?: number, confidence?: number, undone?: boolean}} Repair
 *     without `original`: all that the rule repairs is undone
 *
 * @typedef {{startUtf16: number, endUtf16: number}} Match
 *
 * @typedef {{document: string, title?: string, block: number, turn?: number,
 *   speaker?: string, kind: string, excerpt: string, excerptStartUtf16: number,
 *   matches: Match[], score: number}} Hit
 *
 * @typedef {{query: string, understood?: string, total: number, hits: Hit[]}} Hits
 *
 * @typedef {{id: string, document: string, title?: string, edition: string,
 *   colour: number, note?: string, created: string, modified: string,
 *   anchor: string, quote: string, prefix?: string, suffix?: string,
 *   turn?: number, speaker?: string, startBlock?: number, startUtf16?: number,
 *   endBlock?: number, endUtf16?: number}} Note
 *     the four places are left out where the words are not there any more
 *
 * @typedef {{document: string, startBlock: number, startUtf16: number,
 *   endBlock: number, endUtf16: number, colour: number, note: string}} Mark
 */

/**
 * @typedef {{identity: string, saved?: string, noted?: string, added?: string}} Care
 *     when a copy was saved last, a note was changed, a record came in
 *
 * @typedef {{name: string, size: number, time: number}} Copy  `time`: ms since 1970
 *
 * @typedef {{sameLibrary: boolean,
 *   records: {new?: number, edition?: number, kept?: number},
 *   notes: {new?: number, changed?: number, removed?: number, kept?: number},
 *   settings: {new?: number}, versions: {new?: number},
 *   titles: {title: string, edition?: boolean}[]}} Merge
 *     what a copy brings: `kept` is what stays as it is here
 */

/** Every method, with what it takes and gives. Engine has them all. */
export const METHODS = Object.freeze([
  'open', //           {}                                -> Opened
  'close', //          {}                                -> undefined
  'add', //            {bytes, name, format?}            -> {added, entry}
  'import', //         {bytes, path, inFolder?}          -> Outcome[]; long
  'remarks', //        {name}                            -> Remark[]
  'list', //           {}                                -> Entry[]
  'document', //       {name}                            -> Reading
  'documentPart', //   {name, edition, from}             -> Part
  'export', //         {name, as: 'text' | 'json'}       -> string
  'remove', //         {name}                            -> undefined
  'versions', //       {name}                            -> {record?, versions: Entry[]}
  'declareVersions', // {names}                          -> undefined
  'dissolveVersion', // {name}                           -> undefined
  'align', //          {one, other}                      -> [first, count, first, count, confidence][]
  'repairs', //        {name}                            -> Repair[]
  'undoRepair', //     {name, number?, rule?}            -> {notesLost}
  'redoRepair', //     {name, number?, rule?}            -> {notesLost}
  'search', //         {text, document?, typing?, limit?, skip?}  -> Hits
  'cite', //           {name, turn?, style, form}        -> string
  'annotate', //       Mark                              -> Note
  'updateNote', //     {id, colour, note}                -> undefined
  'removeNote', //     {id}                              -> undefined
  'restoreNote', //    {id}                              -> undefined
  'notes', //          {document?}                       -> Note[]
  'setting', //        {name}                            -> string
  'setSetting', //     {name, value}                     -> undefined
  'save', //           {name?}                           -> Blob; long
  'saved', //          {}                                -> undefined
  'care', //           {}                                -> Care
  'generations', //    {}                                -> Copy[]
  'keepGeneration', // {}                                -> {kept, words?}; long
  'rescue', //         {}                                -> Uint8Array
  'receive', //        {file: Blob} | {generation}       -> Merge?; long
  'merge', //          {}                                -> Merge; long
  'replace', //        {}                                -> Opened
  'forget', //         {}                                -> undefined
  'undoCopy', //       {}                                -> Opened
]);

export class EngineError extends Error {
  name = 'EngineError';

  /**
   * @param {string} code
   * @param {string} [message]
   * @param {ErrorOptions} [options]
   */
  constructor(code, message = code, options) {
    super(message, options);
    this.code = code;
  }
}
