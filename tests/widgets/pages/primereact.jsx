import 'primereact/resources/themes/lara-light-blue/theme.css';
import { useState } from 'react';
import { PrimeReactProvider } from 'primereact/api';
import { AutoComplete } from 'primereact/autocomplete';
import { Calendar } from 'primereact/calendar';
import { Checkbox } from 'primereact/checkbox';
import { Dropdown } from 'primereact/dropdown';
import { InputNumber } from 'primereact/inputnumber';
import { InputMask } from 'primereact/inputmask';
import { InputSwitch } from 'primereact/inputswitch';
import { InputText } from 'primereact/inputtext';
import { InputTextarea } from 'primereact/inputtextarea';
import { FloatLabel } from 'primereact/floatlabel';
import { MultiSelect } from 'primereact/multiselect';
import { RadioButton } from 'primereact/radiobutton';
import { SelectButton } from 'primereact/selectbutton';
import { Slider } from 'primereact/slider';
import { Chips } from 'primereact/chips';
import { posts } from './form.js';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'];
const held = {};
const NAMES = ['one', 'found', 'many', 'auto', 'reply', 'terms', 'news', 'copies', 'volume', 'size', 'phone', 'chips'];
for (const each of NAMES) posts(each, () => String(held[each] ?? ''));
const two = (number) => String(number).padStart(2, '0');
posts('day', () => (held.day ? `${held.day.getFullYear()}-${two(held.day.getMonth() + 1)}-${two(held.day.getDate())}` : ''));
const Page = () => {
  const [, redraw] = useState(0);
  const keep = (name, key = 'value') => ({ [key]: held[name], onChange: (event) => { held[name] = event[key] ?? event.value; redraw((n) => n + 1); } });
  const [found, setFound] = useState([]);
  return <PrimeReactProvider>
    <p><FloatLabel><InputText id="name" name="name" /><label htmlFor="name">Name</label></FloatLabel></p>
    <p><label htmlFor="message">Message</label><br /><InputTextarea id="message" name="message" rows={3} /></p>
    <p><label htmlFor="one">Reason</label><br /><Dropdown inputId="one" options={options} placeholder="Choose" {...keep('one')} /></p>
    <p><label htmlFor="found">Found reason</label><br /><Dropdown inputId="found" options={options} filter {...keep('found')} /></p>
    <p><label htmlFor="many">Reasons</label><br /><MultiSelect inputId="many" options={options} {...keep('many')} /></p>
    <p><label htmlFor="auto">City</label><br /><AutoComplete inputId="auto" suggestions={found} completeMethod={({ query }) => setFound(['Reston', 'Richmond'].filter((each) => each.startsWith(query)))} {...keep('auto')} /></p>
    <p>Reply by</p>{['Email', 'Phone'].map((each) => <div key={each}><RadioButton inputId={each} name="way" value={each} checked={held.reply === each}
      onChange={(event) => { held.reply = event.value; redraw((n) => n + 1); }} /><label htmlFor={each}>{each}</label></div>)}
    <p><Checkbox inputId="terms" checked={Boolean(held.terms)} onChange={(event) => { held.terms = event.checked; redraw((n) => n + 1); }} /><label htmlFor="terms">I agree</label></p>
    <p><label htmlFor="news">News</label><InputSwitch inputId="news" checked={Boolean(held.news)} onChange={(event) => { held.news = event.value; redraw((n) => n + 1); }} /></p>
    <p><label htmlFor="copies">Copies</label><br /><InputNumber inputId="copies" value={held.copies} onValueChange={(event) => { held.copies = event.value; redraw((n) => n + 1); }} /></p>
    <p><label htmlFor="phone">Phone</label><br /><InputMask id="phone" mask="(999) 999-9999" {...keep('phone')} /></p>
    <p><label htmlFor="day">Mailed on</label><br /><Calendar inputId="day" {...keep('day')} /></p>
    <p id="v">Volume</p><Slider aria-labelledby="v" step={5} value={held.volume ?? 50} onChange={(event) => { held.volume = event.value; redraw((n) => n + 1); }} />
    <p id="s">Size</p><SelectButton options={['Small', 'Large']} aria-labelledby="s" {...keep('size')} />
    <p><label htmlFor="chips">Words</label><br /><Chips inputId="chips" {...keep('chips')} /></p>
  </PrimeReactProvider>;
};
mount(<Page />);
