// The JSON API, and the fragments of pages, as functions that answer or throw.

let token = document.querySelector('meta[name="csrf-token"]').content;

export class Refused extends Error {
  constructor(status, body) {
    super(body.detail || "The server refused that.");
    this.status = status;
    this.body = body;
  }
}

export const post = (path, body) => told(written(path, JSON.stringify(body), "application/json"));
export const send = (path, form) => told(written(path, form));

export async function file(path, body) {
  const answer = await written(path, JSON.stringify(body), "application/json");
  const name = /filename\*=utf-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") ?? "");
  return { blob: await answer.blob(), name: name ? decodeURIComponent(name[1]) : "answers" };
}

export async function fragment(path) {
  const answer = await accepted(fetch(path));
  const template = document.createElement("template");
  template.innerHTML = await answer.text(); // escaped by the server; the policy runs no script in it
  return template.content;
}

const told = async (answer) => (await answer).json();

// Who signs in again in another tab has a new token; this page learns it and keeps what is typed.
async function written(path, body, type) {
  const attempt = () => {
    const headers = { "X-CSRF-Token": token, ...(type && { "Content-Type": type }) };
    return accepted(fetch(path, { method: "POST", headers, body }));
  };
  try {
    return await attempt();
  } catch (error) {
    if (error.status !== 403 || !(await renewed())) throw error;
    return attempt();
  }
}

async function renewed() {
  const before = token;
  token = (await told(accepted(fetch("/api/session")))).token;
  return token !== before;
}

async function accepted(request) {
  let answer;
  try {
    answer = await request;
  } catch {
    throw new Refused(0, { detail: "The server cannot be reached. What you typed is still here." });
  }
  if (answer.ok) return answer;
  throw new Refused(answer.status, await answer.json().catch(() => ({})));
}
