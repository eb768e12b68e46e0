import { Model } from 'survey-core';
import 'survey-core/survey-core.css';
import 'survey-js-ui';
import { alone, send } from './form.js';

const choices = ['Late', 'Lost', 'Wet'];
const survey = new Model({
  completeText: 'Send',
  elements: [
    { type: 'text', name: 'name', title: 'Name' }, { type: 'comment', name: 'message', title: 'Message' },
    { type: 'dropdown', name: 'reason', title: 'Reason', choices },
    { type: 'dropdown', name: 'native', title: 'Outcome', choices, renderAs: 'select' },
    { type: 'tagbox', name: 'reasons', title: 'Reasons', choices },
    { type: 'radiogroup', name: 'reply', title: 'Reply by', choices: ['Email', 'Phone'] },
    { type: 'checkbox', name: 'boxes', title: 'What happened', choices },
    { type: 'boolean', name: 'news', title: 'News' }, { type: 'rating', name: 'stars', title: 'Stars' },
    { type: 'text', name: 'day', title: 'Mailed on', inputType: 'date' },
    { type: 'text', name: 'phone', title: 'Phone', maskType: 'pattern', maskSettings: { pattern: '(999) 999-9999' } },
    { type: 'file', name: 'files', title: 'Picture', allowMultiple: true, storeDataAsText: false },
  ],
});
survey.onComplete.add(({ data }) => send({ ...data, files: (data.files ?? []).map(({ name }) => name).join(',') }));
survey.onUploadFiles.add((_, { files, callback }) => callback(files.map((file) => ({ file, content: 'data:,' }))));
survey.render(alone());
