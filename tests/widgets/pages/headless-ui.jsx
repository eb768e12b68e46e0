import { useState } from 'react';
import { Checkbox, Combobox, ComboboxInput, ComboboxOption, ComboboxOptions, Field, Label, Listbox, ListboxButton,
  ListboxOption, ListboxOptions, Radio, RadioGroup, Switch } from '@headlessui/react';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'];
const Page = () => {
  const [one, setOne] = useState('Choose');
  const [many, setMany] = useState([]);
  const [found, setFound] = useState(null);
  const [typed, setTyped] = useState('');
  const [reply, setReply] = useState('');
  return <>
    <Field><Label>Reason</Label><Listbox name="one" value={one} onChange={setOne}><ListboxButton>{one}</ListboxButton>
      <ListboxOptions anchor="bottom">{options.map((each) => <ListboxOption key={each} value={each}>{each}</ListboxOption>)}
      </ListboxOptions></Listbox></Field>
    <Field><Label>Reasons</Label><Listbox name="many" value={many} onChange={setMany} multiple>
      <ListboxButton>{many.join(', ') || 'Choose'}</ListboxButton>
      <ListboxOptions>{options.map((each) => <ListboxOption key={each} value={each}>{each}</ListboxOption>)}
      </ListboxOptions></Listbox></Field>
    <Field><Label>Found reason</Label><Combobox name="found" value={found} onChange={setFound} onClose={() => setTyped('')}>
      <ComboboxInput displayValue={(each) => each} onChange={(event) => setTyped(event.target.value)} />
      <ComboboxOptions anchor="bottom">{options.filter((each) => each.includes(typed)).map((each) => (
        <ComboboxOption key={each} value={each}>{each}</ComboboxOption>))}</ComboboxOptions></Combobox></Field>
    <Field><Label>Reply by</Label><RadioGroup name="reply" value={reply} onChange={setReply} aria-label="Reply by">
      {['Email', 'Phone'].map((each) => <Field key={each}><Radio value={each}>o</Radio><Label>{each}</Label></Field>)}
    </RadioGroup></Field>
    <Field><Checkbox name="terms">x</Checkbox><Label>I agree</Label></Field>
    <Field><Label>News</Label><Switch name="news">x</Switch></Field>
  </>;
};
mount(<Page />);
