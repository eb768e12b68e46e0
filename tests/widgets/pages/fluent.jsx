import { Checkbox, Combobox, Dropdown, Field, FluentProvider, Input, Option, Radio, RadioGroup, Select, Slider, SpinButton, Switch,
  Textarea, webLightTheme } from '@fluentui/react-components';
import { posts } from './form.js';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'];
const held = {};
for (const each of ['one', 'many', 'found', 'copies']) posts(each, () => held[each] ?? '');
const list = options.map((each) => <Option key={each} value={each.toLowerCase()}>{each}</Option>);
const keeps = (name) => ({ onOptionSelect: (_, { selectedOptions }) => { held[name] = selectedOptions.join(','); } });
mount(<FluentProvider theme={webLightTheme}>
  <Field label="Name" required><Input name="name" defaultValue="x" /></Field><Field label="Message"><Textarea name="message" /></Field>
  <Field label="Reason"><Dropdown placeholder="Choose" {...keeps('one')}>{list}</Dropdown></Field>
  <Field label="Reasons"><Dropdown multiselect placeholder="Choose" {...keeps('many')}>{list}</Dropdown></Field>
  <Field label="Found reason"><Combobox placeholder="Choose" {...keeps('found')}>{list}</Combobox></Field>
  <Field label="Outcome"><Select name="native"><option />{options.map((each) => <option key={each}>{each}</option>)}</Select></Field>
  <Field label="Reply by"><RadioGroup name="reply"><Radio value="email" label="Email" /><Radio value="phone" label="Phone" /></RadioGroup></Field>
  <Checkbox name="terms" label="I agree" /><br /><Switch name="news" label="News" />
  <Field label="Volume"><Slider name="volume" defaultValue={50} step={5} /></Field>
  <Field label="Copies"><SpinButton defaultValue={1} onChange={(_, { value, displayValue }) => { held.copies = String(value ?? displayValue); }} /></Field>
</FluentProvider>);
