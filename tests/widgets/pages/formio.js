import { Formio } from '@formio/js/dist/formio.form.js';
import '@formio/js/dist/formio.form.css';
import 'bootstrap/dist/css/bootstrap.css';
import { alone, send } from './form.js';

const values = ['Late', 'Lost', 'Wet'].map((label) => ({ label, value: label.toLowerCase() }));
const form = await (Formio ?? window.Formio).createForm(alone(), { components: [
  { type: 'textfield', key: 'name', label: 'Name' }, { type: 'textarea', key: 'message', label: 'Message' },
  { type: 'email', key: 'email', label: 'Email' },
  { type: 'phoneNumber', key: 'phone', label: 'Phone', inputMask: '(999) 999-9999' },
  { type: 'number', key: 'copies', label: 'Copies' },
  { type: 'select', key: 'reason', label: 'Reason', data: { values } },
  { type: 'select', key: 'plain', label: 'Outcome', data: { values }, widget: 'html5' },
  { type: 'select', key: 'reasons', label: 'Reasons', data: { values }, multiple: true },
  { type: 'radio', key: 'reply', label: 'Reply by', values: [{ label: 'Email', value: 'email' }, { label: 'Phone', value: 'phone' }] },
  { type: 'selectboxes', key: 'boxes', label: 'What happened', values },
  { type: 'checkbox', key: 'terms', label: 'I agree' },
  { type: 'datetime', key: 'when', label: 'Mailed on', format: 'yyyy-MM-dd', enableTime: false },
  { type: 'day', key: 'day', label: 'Lost on' },
  { type: 'button', key: 'submit', label: 'Send' },
] });
form.nosubmit = true;
form.on('submit', ({ data }) => send({ ...data, boxes: Object.keys(data.boxes).filter((each) => data.boxes[each]) }));
