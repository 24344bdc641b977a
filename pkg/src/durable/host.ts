/** What of a Durable Object's storage is used, so that no host's declarations are needed. */

export type SqlValue = ArrayBuffer | string | number | null;

export interface Storage {
  sql: { exec(query: string, ...values: SqlValue[]): { raw(): Iterable<SqlValue[]> } };
  /** Rolls back what `act` stored if it throws. What an asynchronous one stores later is in no transaction. */
  transactionSync<Result>(act: () => Result): Result;
  getAlarm(): Promise<number | null>;
  setAlarm(at: number): Promise<void>;
}

export interface State {
  id: { toString(): string };
  storage: Storage;
  blockConcurrencyWhile<Result>(act: () => Promise<Result>): Promise<Result>;
}
