/** serve.js -- answer an EngineClient. Runs in the worker; knows no method. */
import { EngineError } from './protocol.js';

/**
 * A trap leaves memory that nobody can trust. It is thrown again outside, so
 * that the worker reports an error and the page starts another; the call gets
 * no answer of ours and is rejected with all others.
 *
 * @param {Pick<MessagePort, 'onmessage' | 'postMessage'>} port  or a worker's scope
 * @param {Record<string, (params: any, control: import('./steps.js').Control) => any>} methods  own properties only:
 *     a message cannot reach `constructor` or `toString`
 * @param {(error: unknown) => void} [trapped]
 */
export function serve(port, methods, trapped = (e) => reportError(e)) {
  /** @type {Map<number, import('./steps.js').Control>} */
  const underWay = new Map();
  port.onmessage = async ({ data }) => {
    const { id, method, params, request, ping, cancel } = data;
    if (ping) return port.postMessage({ pong: true });
    if (cancel) {
      const control = underWay.get(cancel);
      if (control) control.isCancelled = true;
      return;
    }
    const report = (/** @type {any} */ progress) => port.postMessage({ id, progress });
    const control = { isCancelled: false, report, request };
    underWay.set(id, control);
    try {
      if (!Object.hasOwn(methods, method)) {
        throw new EngineError('ENOSYS', `there is no method “${method}”`);
      }
      port.postMessage({ id, result: await methods[method](params, control) });
    } catch (e) {
      if (e instanceof WebAssembly.RuntimeError) {
        trapped(e);
        return;
      }
      const { code, message } =
        e instanceof EngineError ? e : new EngineError('EBUG', String(e));
      port.postMessage({ id, error: { code, message } });
    } finally {
      underWay.delete(id);
    }
  };
}
