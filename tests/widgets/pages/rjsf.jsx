import { createRoot } from 'react-dom/client';
import Form from '@rjsf/core';
import validator from '@rjsf/validator-ajv8';
import 'bootstrap/dist/css/bootstrap.css';
import { alone, send } from './form.js';

const schema = {
  type: 'object', required: ['name'],
  properties: {
    name: { type: 'string', title: 'Name' }, message: { type: 'string', title: 'Message' },
    reason: { type: 'string', title: 'Reason', enum: ['Late', 'Lost', 'Wet'] },
    reply: { type: 'string', title: 'Reply by', enum: ['Email', 'Phone'] },
    boxes: { type: 'array', title: 'What happened', uniqueItems: true, items: { type: 'string', enum: ['Late', 'Lost', 'Wet'] } },
    many: { type: 'array', title: 'Reasons', uniqueItems: true, items: { type: 'string', enum: ['Late', 'Lost', 'Wet'] } },
    terms: { type: 'boolean', title: 'I agree' }, copies: { type: 'integer', title: 'Copies' },
    volume: { type: 'integer', title: 'Volume', minimum: 0, maximum: 100, multipleOf: 5 },
    day: { type: 'string', format: 'date', title: 'Mailed on' }, parts: { type: 'string', format: 'date', title: 'Lost on' },
    files: { type: 'string', format: 'data-url', title: 'Picture' },
  },
};
const uiSchema = {
  message: { 'ui:widget': 'textarea' }, reply: { 'ui:widget': 'radio' }, boxes: { 'ui:widget': 'checkboxes' },
  volume: { 'ui:widget': 'range' }, parts: { 'ui:widget': 'alt-date' }, 'ui:submitButtonOptions': { submitText: 'Send' },
};
createRoot(alone()).render(<Form schema={schema} uiSchema={uiSchema} validator={validator} formData={{ name: 'x' }}
  onSubmit={({ formData }) => send({ ...formData, files: (formData.files ?? '').match(/name=([^;]*)/)?.[1] ?? '' })} />);
