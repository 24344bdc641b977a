// The package's declarations say what the contract says: the same to the letter where a type is exact, narrower where
// the contract asks for it, never less. Nothing here runs; what is wrong does not compile.

import type * as Contract from "./contract.js";
import type * as Package from "../../index.js";

/** Assignable in both directions, and alike in what assignability overlooks: optional members, `any`, `readonly`. */
type Same<A, B> = [A] extends [B]
  ? [B] extends [A]
    ? (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
      ? true
      : false
    : false
  : false;
type Narrower<A, B> = [A] extends [B] ? true : false;
declare function holds<_Check extends true>(): void;
declare function fails<_Check extends false>(): void;

// The check itself: it sees an optional member that is missing, another type, `any`, and `undefined` added.
fails<Same<{ a: 1; b?: 2 }, { a: 1 }>>();
fails<Same<{ a: 1 }, { a: 1 | 2 }>>();
fails<Same<{ a: 1 }, { a: any }>>();
fails<Same<{ a?: 1 }, { a?: 1 | undefined }>>();

// What a shop writes.
holds<Same<Package.Command, Contract.Command>>();
holds<Same<Package.OrderLine, Contract.OrderLine>>();
holds<Same<Package.OrderSettings, Contract.OrderSettings>>();
holds<Same<Package.ItemSettings, Contract.ItemSettings>>();
holds<Same<Package.Zone, Contract.Zone>>();
holds<Same<Package.Calendar, Contract.Calendar>>();
holds<Same<Package.OrderMatch, Contract.OrderMatch>>();
holds<Same<Package.Strategy, Contract.Strategy>>();
holds<Same<Package.Page, Contract.Page>>();
holds<Same<Package.IdColumn, Contract.IdColumn>>();
holds<Same<Package.OrderColumns, Contract.OrderColumns>>();
holds<Same<Package.EngineOptions, Contract.EngineOptions>>();

// What it reads.
holds<Same<Package.Instant, Contract.Instant>>();
holds<Same<Package.Day, Contract.Day>>();
holds<Same<Package.Quantity, Contract.Quantity>>();
holds<Same<Package.Id, Contract.Id>>();
holds<Same<Package.Reason, Contract.Reason>>();
holds<Same<Package.Change, Contract.Change>>();
holds<Same<Package.Estimate, Contract.Estimate>>();
holds<Same<Package.Quote, Contract.Quote>>();
holds<Same<Package.Position, Contract.Position>>();
// Lines say when they are delivered, too.
type Line<T> = Omit<T, "delivers">;
holds<Same<Line<Package.LineView>, Line<Contract.LineView>>>();
holds<Same<Omit<Package.OrderView, "lines">, Omit<Contract.OrderView, "lines">>>();
holds<Same<Omit<Package.HoldView, "lines">, Omit<Contract.HoldView, "lines">>>();
holds<Narrower<Contract.OrderView, Package.OrderView>>();
holds<Narrower<Contract.HoldView, Package.HoldView>>();
holds<Same<Package.NoticeView, Contract.NoticeView>>();
holds<Same<Package.Reorder, Contract.Reorder>>();
holds<Same<Package.Metrics, Contract.Metrics>>();
holds<Same<Package.PromiseChange, Contract.PromiseChange>>();
holds<Same<Package.PlacedColumns, Contract.PlacedColumns>>();
holds<Same<Package.QuotedColumns, Contract.QuotedColumns>>();

// Events are a union by `type`, of the same types, each event one of the contract's.
holds<Narrower<Package.Event, Contract.Event>>();
holds<Same<Package.Event["type"], Contract.Event["type"]>>();
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
holds<Narrower<Package.Outcome, Contract.Outcome>>();
holds<Same<Without<Package.Outcome, "events">, Without<Contract.Outcome, "events">>>();

// The engine: the same calls, with the same arguments, and the same answers but for the events and lines in them.
type Arguments<E> = { [K in keyof E]: E[K] extends (...values: infer A) => unknown ? A : never };
type Answers<E> = { [K in keyof E]: E[K] extends (...values: never[]) => infer R ? R : never };
type WithEvents = "apply" | "applyAll" | "drainEvents";
type WithMore = WithEvents | "order" | "hold";
holds<Same<keyof Package.Engine, keyof Contract.Engine>>();
holds<Same<Arguments<Package.Engine>, Arguments<Contract.Engine>>>();
holds<Same<Omit<Answers<Package.Engine>, WithMore>, Omit<Answers<Contract.Engine>, WithMore>>>();
holds<Narrower<Answers<Package.Engine>, Answers<Contract.Engine>>>();

// The functions and values that the package exports.
holds<Same<keyof typeof Package, keyof typeof Contract>>();
holds<Same<typeof Package.init, typeof Contract.init>>();
holds<Same<typeof Package.newId, typeof Contract.newId>>();
holds<Same<typeof Package.REASONS, typeof Contract.REASONS>>();
holds<Same<typeof Package.AVAILABILITIES, typeof Contract.AVAILABILITIES>>();
holds<Same<Parameters<typeof Package.createEngine>, Parameters<typeof Contract.createEngine>>>();
holds<Same<Parameters<typeof Package.restoreEngine>, Parameters<typeof Contract.restoreEngine>>>();
holds<Narrower<typeof Package.createEngine, typeof Contract.createEngine>>();
holds<Narrower<typeof Package.restoreEngine, typeof Contract.restoreEngine>>();
holds<Same<Package.BackorderError, Contract.BackorderError>>();
holds<Narrower<typeof Package.BackorderError, typeof Contract.BackorderError>>();
