import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import { Autocomplete, Checkbox, FileInput, MantineProvider, MultiSelect, NativeSelect, NumberInput, Radio,
  SegmentedControl, Select, Slider, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { DateInput, DatePickerInput } from '@mantine/dates';
import { posts } from './form.js';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'];
const held = {};
const keeps = (name) => ({ onChange: (value) => { held[name] = value; } });
for (const each of ['boxes', 'copies']) posts(each, () => String(held[each] ?? ''));
const Page = () => <MantineProvider>
  <TextInput label="Name" name="name" withAsterisk description="As in your passport" /><Textarea label="Message" name="message" />
  <Select label="Reason" name="one" data={options} placeholder="Choose" />
  <Select label="Found reason" name="found" data={options} searchable clearable />
  <MultiSelect label="Reasons" name="many" data={options} />
  <MultiSelect label="Found reasons" name="founds" data={options} searchable />
  <TagsInput label="Words" name="tags" data={options} />
  <Autocomplete label="City" name="city" data={['Reston', 'Richmond']} />
  <NativeSelect label="Outcome" name="native" data={['', ...options]} />
  <Radio.Group label="Reply by" name="reply"><Radio value="email" label="Email" /><Radio value="phone" label="Phone" /></Radio.Group>
  <Checkbox.Group label="What happened" {...keeps('boxes')}>{options.map((each) => <Checkbox key={each} value={each} label={each} />)}</Checkbox.Group>
  <Checkbox label="I agree" name="terms" /><Switch label="News" name="news" />
  <NumberInput label="Copies" {...keeps('copies')} />
  <label id="v">Volume</label><Slider name="volume" defaultValue={50} step={5} thumbProps={{ 'aria-label': 'Volume' }} aria-labelledby="v" thumbLabel="Volume" />
  <DateInput label="Mailed on" name="day" valueFormat="MM/DD/YYYY" />
  <DatePickerInput label="Lost on" name="picked" />
  <div style={{ margin: 40 }}><SegmentedControl name="size" data={['Small', 'Large']} aria-label="Size" /></div>
  <FileInput label="Picture" name="file" placeholder="Choose a file" />
</MantineProvider>;
mount(<Page />);
