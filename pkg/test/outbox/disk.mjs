/** Stores whose bytes outlive whoever has them open, so that a test can end a process anywhere between two writes. */

export class Disk {
  kept;
  /** Called before each write with its name; what it throws is what the store throws, and nothing is written. */
  before = () => undefined;
  /** Called after each. */
  after = () => undefined;

  /** The store as a new process finds it. */
  store() {
    const write = async (name, act) => {
      await this.before(name);
      act();
      await this.after(name);
    };
    return {
      load: async () => this.kept && { snapshot: this.kept.snapshot.slice(), log: this.kept.log.slice() },
      append: (records) => write("append", () => (this.kept.log = Buffer.concat([this.kept.log, records]))),
      save: (snapshot, head) => write("save", () => (this.kept = { snapshot: snapshot.slice(), log: head.slice() })),
      truncate: (bytes) => write("truncate", () => (this.kept.log = this.kept.log.slice(0, bytes))),
      close: async () => undefined,
    };
  }
}

/** What a process does no more once it was killed: neither this nor anything after it. */
export class Killed extends Error {}

/** Ends the process that uses these disks at its n-th write, of all together: before that is safe, or just after. */
export function killedAt(disks, write, when) {
  let count = 0;
  let dead = false;
  const die = () => {
    dead = true;
    throw new Killed("killed");
  };
  for (const disk of disks) {
    disk.before = () => {
      if (dead) die();
      count += 1;
      if (count === write && when === "before") die();
    };
    disk.after = () => {
      if (count === write && when === "after") die();
    };
  }
  return {
    get dead() {
      return dead;
    },
    revive: () => {
      for (const disk of disks) disk.before = disk.after = () => undefined;
    },
  };
}
