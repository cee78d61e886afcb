// The line to the service. What was done here is repeated until the service says that it has it.

const SOONEST = 250;
const LATEST = 2000; // milliseconds between two tries

export class Connection extends EventTarget {
  #socket = null;
  #pause = SOONEST;
  #acts = new Map(); // by id: a function that makes the message, once for every connection

  open() {
    const socket = new WebSocket(`ws://${location.host}/socket`);
    this.#socket = socket;
    socket.onopen = async () => {
      this.#pause = SOONEST;
      for (const id of [...this.#acts.keys()]) await this.#send(id);
    };
    socket.onmessage = (frame) => this.#heard(JSON.parse(frame.data));
    socket.onclose = () => {
      this.#tell({ type: "lost" });
      setTimeout(() => this.open(), this.#pause);
      this.#pause = Math.min(this.#pause * 1.5, LATEST);
    };
  }

  /** `prepare` may be asynchronous (an upload); null from it gives the act up. */
  act(prepare) {
    const id = crypto.randomUUID();
    this.#acts.set(id, prepare);
    this.#send(id);
  }

  restart() {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type: "restart" }));
  }

  async #send(id) {
    const socket = this.#socket;
    if (socket.readyState !== WebSocket.OPEN) return;
    let message;
    try {
      message = await this.#acts.get(id)();
    } catch {
      return; // the service went away during the upload; the next connection tries again
    }
    if (message === null) this.#acts.delete(id);
    else if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ ...message, id }));
  }

  #heard(message) {
    if (message.type === "done" || message.type === "refused") this.#acts.delete(message.id);
    this.#tell(message);
  }

  #tell(message) {
    this.dispatchEvent(new CustomEvent(message.type, { detail: message }));
  }
}

/** The uploaded file's id; null when it is too large. Throws when the service is away. */
export async function upload(file) {
  const response = await fetch("/files", { method: "POST", body: file });
  if (response.status === 413) return null;
  if (!response.ok) throw new Error("not uploaded");
  return (await response.json()).file;
}

const fetched = new Map();

/** A blob: address of a file in a chat; the same for every call. */
export function address(file) {
  if (!fetched.has(file.id)) {
    const loading = fetch(`/files/${file.id}`).then(async (response) => {
      if (!response.ok) throw new Error("gone");
      return URL.createObjectURL(await response.blob());
    });
    loading.catch(() => fetched.delete(file.id));
    fetched.set(file.id, loading);
  }
  return fetched.get(file.id);
}

/** The message with the file is gone: the browser keeps no copy. */
export function forget(file) {
  fetched.get(file.id)?.then(URL.revokeObjectURL, () => {});
  fetched.delete(file.id);
}
