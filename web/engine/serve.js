/** serve.js -- answer an EngineClient. Runs in the worker; knows no method. */
import { EngineError } from './protocol.js';

/**
 * A trap leaves memory that nobody can trust. It is thrown again outside, so
 * that the worker reports an error and the page starts another; the call gets
 * no answer of ours and is rejected with all others.
 *
 * @param {Pick<MessagePort, 'onmessage' | 'postMessage'>} port  or a worker's scope
 * @param {Record<string, (params: any) => any>} methods  own properties only:
 *     a message cannot reach `constructor` or `toString`
 * @param {(error: unknown) => void} [trapped]
 */
export function serve(port, methods, trapped = (e) => reportError(e)) {
  port.onmessage = async ({ data }) => {
    const { id, method, params } = data;
    try {
      if (!Object.hasOwn(methods, method)) {
        throw new EngineError('ENOSYS', `there is no method “${method}”`);
      }
      port.postMessage({ id, result: await methods[method](params) });
    } catch (e) {
      if (e instanceof WebAssembly.RuntimeError) {
        trapped(e);
        return;
      }
      const { code, message } =
        e instanceof EngineError ? e : new EngineError('EBUG', String(e));
      port.postMessage({ id, error: { code, message } });
    }
  };
}
