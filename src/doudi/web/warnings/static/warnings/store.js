// What a phone keeps: the tasks of the day (gone with the log-out) and the visits that wait to be sent (kept until they are).
const doudiStore = (() => {
  const TASKS = "doudi-tasks";
  const VISITS = "doudi-visits";

  function opened(name) {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(name, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("rows", { keyPath: "key" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  async function work(name, mode, deed) {
    const database = await opened(name);
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction("rows", mode);
        const asked = deed(transaction.objectStore("rows"));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  }

  return {
    TASKS,
    VISITS,
    put: (name, row) => work(name, "readwrite", (rows) => rows.put(row)),
    get: (name, key) => work(name, "readonly", (rows) => rows.get(key)),
    all: (name) => work(name, "readonly", (rows) => rows.getAll()),
    remove: (name, key) => work(name, "readwrite", (rows) => rows.delete(key)),
  };
})();
