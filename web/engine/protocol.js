/**
 * protocol.js -- what the page and the engine worker say to each other.
 *
 *   request  { id, method, params, request? }   page -> worker
 *   answer   { id, result }             worker -> page
 *            { id, error: {code, message} }
 *   progress { id, progress: {done, total} }     worker -> page, of a long one
 *   cancel   { cancel: id }             page -> worker
 *   event    { event, detail }          worker -> page, unasked
 *
 * `id` is a number the page picks; each request gets exactly one answer, in
 * any order. `request` is the id of a change (ONCE below) that is made once,
 * however often it is asked for. `code` is a capsa_status name ("ENOTFOUND")
 * or one of ours: ENOSYS (no such method), ECLOSED (the worker is gone), EBUG
 * (it threw), ELOAD (the program could not be fetched), EUNKNOWN (it may have
 * been done or not), ECLEARED (the site's data were cleared under the open
 * library), ECANCELLED (as was asked; what a long method had done by then is
 * whole). `message` is for the reader's eyes: what happened and
 * what to do, without a code.
 *
 * While an answer is owed the page sends {ping: true} now and then, which is
 * answered by {pong: true} between two steps of work; a long piece of work
 * says {alive: true, written} of its own accord, with the bytes that it has
 * written so far. A worker that says nothing hangs, and is ended by its page.
 *
 * Offsets are UTF-16 units of a block's text, as in the DOM.
 *
 * ---- and what the tabs of one browser say to each other (tabs.js)
 *
 * One tab holds the library (session.js) and answers for all. `capsa-library`
 * is a channel that every tab hears, `capsa-library:ID` one for the tab ID
 * alone, so that an answer of some megabytes is copied once and not for twenty
 * tabs. `from` is a tab's id.
 *
 *   to all:
 *   {from, ask: true, protocol}                  who holds the library?
 *   {from, protocol, term, renewed?, info | error}   I do, or could not open
 *       it; `term` is new with each worker; `renewed`: another library is open
 *   {from, retry: true}                          open it again, where that failed
 *   {from, changed: {what, name?, by}}           something is different now;
 *       `name`: of the document or setting, `by`: the tab that asked for it
 *   to one:
 *   {from, term, id, method, params}             a request to the holder
 *   {from, id, progress: {done, total}}          how far it is, if it is long
 *   {from, cancel: id}                           a long one is not wanted any more
 *   {from, id, result | error: {code, message}}  its answer
 *   {from, ping} and {from, pong, opening?}      is anybody there?; `opening`: the
 *       library is being opened, and that takes long
 *
 * A request that finds no answer is sent again, with the same id, to whoever
 * holds the library next; the core does it once. Messages of another
 * `protocol` are of another release of Capsa: those two that carry it are
 * understood by all, for ever, and nothing else is said between such tabs.
 */

/** Changes whenever the messages of tabs or the METHODS mean something else. */
export const PROTOCOL = 2;

/**
 * @typedef {{key: string, title?: string, date?: string, collection?: string,
 *   language?: string, turns?: number, edition: string, superseded?: boolean}} Entry
 *
 * @typedef {{storage: 'opfs' | 'indexeddb' | 'memory', reason: string,
 *   version: string, undo: boolean, readOnly: string}} Opened
 *     `reason`: why it is not 'opfs', words that follow on “because”; `undo`:
 *     replace can be undone; `readOnly`: why it cannot be changed, or ''
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
 *   records: {new?: number, edition?: number, kept?: number, leftOut?: number},
 *   notes: {new?: number, changed?: number, removed?: number, kept?: number, leftOut?: number},
 *   settings: {new?: number}, versions: {new?: number},
 *   titles: {title: string, edition?: boolean}[]}} Merge
 *     what a copy brings: `kept` is what stays as it is here
 */

/** Every method, with what it takes and gives. Engine has them all. */
export const METHODS = Object.freeze([
  'open', //           {}                                -> Opened; long
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
  'rescue', //         {}                                -> Blob
  'receive', //        {file: Blob} | {generation}       -> Merge?; long
  'merge', //          {}                                -> Merge; long
  'replace', //        {}                                -> Opened
  'forget', //         {}                                -> undefined
  'undoCopy', //       {}                                -> Opened
]);

/** The name of a worker that looks at a file from outside (examiner.js). */
export const EXAMINER = 'capsa-examiner';

/**
 * What the worker that looks at a file from outside answers (examiner.js): it
 * opens no library.
 */
export const EXAMINER_METHODS = Object.freeze([
  'receive', //  {bytes, at}   -> undefined
  'examine', //  {}            -> {copyable, faults: {kind, name?, words, detail?}[], …}
  'copyOut', //  {}            -> {documents?, notes?, left?, total?, done?}
  'clean', //    {}            -> Blob, until `end`
]);

/** What a method changes: told to all tabs when it is done.
 * @type {Record<string, 'documents' | 'notes' | 'settings' | 'library'>} */
export const CHANGES = Object.freeze({
  add: 'documents',
  import: 'documents',
  remove: 'documents',
  declareVersions: 'documents',
  dissolveVersion: 'documents',
  undoRepair: 'documents',
  redoRepair: 'documents',
  annotate: 'notes',
  updateNote: 'notes',
  removeNote: 'notes',
  restoreNote: 'notes',
  setSetting: 'settings',
  merge: 'documents',
  replace: 'library',
  undoCopy: 'library',
});

/** Changes that may be asked for again only as they are noted by their request;
 * the rest come out the same when they are done twice: `import` finds what is
 * there by its key and edition, and notes each record by itself. */
export const ONCE = new Set([
  'add', 'remove', 'declareVersions', 'dissolveVersion', 'undoRepair', 'redoRepair',
  'annotate', 'updateNote', 'removeNote', 'restoreNote', 'setSetting',
]);

/** Not to be asked for again: done twice they come out otherwise, or they go on
 * with what the worker that went had received. */
export const UNREPEATABLE = new Set(['receive', 'merge', 'replace', 'undoCopy']);

/** Methods that answer at once: a worker that is silent over one of them hangs.
 * Others may take long without a word. */
export const QUICK = new Set([
  'remarks', 'list', 'document', 'export', 'versions', 'repairs', 'search', 'cite', 'annotate',
  'updateNote', 'removeNote', 'restoreNote', 'notes', 'setting', 'setSetting',
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
