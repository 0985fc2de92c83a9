import type { UploadLedger, UploadRecord } from "../ports.ts";

/** An upload ledger in memory, for tests of the pipeline without a state database. */
export function createMemoryLedger(): UploadLedger {
  const uploads = new Map<string, UploadRecord>();
  const change = (id: string, changes: Partial<UploadRecord>): void => {
    const upload = uploads.get(id);
    if (upload === undefined) throw new Error("no such upload");
    uploads.set(id, { ...upload, ...changes });
  };
  return {
    async create(upload) {
      const record = { ...upload, seq: uploads.size + 1 };
      uploads.set(record.id, record);
      return record;
    },
    async update(id, changes) {
      change(id, changes);
    },
    async activate(id, changes) {
      change(id, { ...changes, status: "active" });
      const replaced = uploads.get(id)?.replaces;
      if (replaced !== undefined && replaced !== null) change(replaced, { status: "replaced" });
    },
    async find(id) {
      return uploads.get(id) ?? null;
    },
    async active() {
      return [...uploads.values()].filter((upload) => upload.status === "active");
    },
    async list(limit) {
      return [...uploads.values()].reverse().slice(0, limit);
    },
  };
}
