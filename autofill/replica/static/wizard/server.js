// Calls to the server: one address for all of them, the action named in the message.
import { settings } from "./component.js";

let calls = 0;

// Faults that the page's address asks for go with every call.
export const address = () => `/s/sfsites/aura?r=${calls}&aura.ApexAction.execute=1${settings.faultQuery ?? ""}`;

export function form(action, params) {
  calls += 1;
  const message = { actions: [{ id: `${calls};a`, descriptor: `apex://EmailUsController/ACTION$${action}`, params }] };
  return new URLSearchParams({ message: JSON.stringify(message), "aura.token": "null" });
}

// Resolves to what the action returned; rejects with a Refusal when the server says no or cannot be reached.
export async function call(action, params) {
  const body = form(action, params);
  let reply;
  try {
    const response = await fetch(address(), { method: "POST", body });
    reply = (await response.json()).actions[0];
  } catch {
    throw new Refusal([{ name: "", label: "", message: "We could not reach the server. Please try again later." }]);
  }
  if (reply.state !== "SUCCESS") throw new Refusal(reply.error);
  return reply.returnValue;
}

export class Refusal extends Error {
  constructor(errors) {
    super("refused");
    this.errors = errors;
  }

  get messages() {
    return this.errors.map(({ label, message }) => (label ? `${label}: ${message}` : message));
  }
}

export async function encodeFile(file) {
  const url = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.readAsDataURL(file);
  });
  return { name: file.name, content: url.slice(url.indexOf(",") + 1) };
}
