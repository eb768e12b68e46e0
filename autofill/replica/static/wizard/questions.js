// The rules of a question, whatever its control: whether it is asked and required, and how its answer reads.
import { settings } from "./component.js";

export const QUESTIONS = settings.screens.flatMap((screen) => screen.questions);

const holds = (condition, answers) => condition.answers.includes(answers.get(condition.name));

export const isAsked = (question, answers) => !question.when || holds(question.when, answers);

export const isRequired = (question, answers) =>
  question.required || Boolean(question.required_when && holds(question.required_when, answers));

export function readableAnswer(question, value, choices) {
  if (question.kind === "checkbox") return "Yes";
  if (question.kind === "date") return writeDate(value);
  return choices?.[value] ?? value;
}

export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export const isoDate = (year, month, day) => `${year}-${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;

// "Nov 2, 2026" and "November 2, 2026" to ISO form; empty for all else, days that do not exist included.
export function readDate(text) {
  const [, word, day, year] = /^([A-Za-z]+) (\d{1,2}), (\d{4})$/.exec(text.trim()) ?? [];
  const month = MONTHS.findIndex((name) => word === name || word === name.slice(0, 3));
  const exists = month >= 0 && new Date(Date.UTC(year, month, day)).getUTCMonth() === month;
  return exists ? isoDate(year, month, day) : "";
}

export function writeDate(value) {
  if (!value) return "";
  const [year, month, day] = value.split("-").map(Number);
  return `${MONTHS[month - 1].slice(0, 3)} ${day}, ${year}`;
}
