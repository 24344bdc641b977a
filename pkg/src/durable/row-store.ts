import type { Store } from "../../store.js";
import type { Storage } from "./host.js";
import { Rows } from "./rows.js";

/**
 * A store in rows of the object. What leaves the object waits until what was stored before it is on disk, so that to go on is
 * safe once it is stored; where that fails the object is made anew from what is there.
 */
export function rowStore(storage: Storage, name: string): Store {
  const [snapshots, log] = [new Rows(storage, `${name}_snapshot`), new Rows(storage, `${name}_log`)];
  const whole = async (act: () => void): Promise<void> => storage.transactionSync(act);
  return {
    async load() {
      const snapshot = snapshots.read();
      return snapshot.length === 0 ? undefined : { snapshot, log: log.read() };
    },
    append: (records) => whole(() => void log.insert(records, log.next())),
    save: (snapshot, head) =>
      whole(() => {
        snapshots.clear();
        log.clear();
        snapshots.insert(snapshot, 0);
        log.insert(head, 0);
      }),
    truncate: (bytes) =>
      whole(() => {
        const kept = log.read().subarray(0, bytes);
        log.clear();
        log.insert(kept, 0);
      }),
    async close() {},
  };
}
