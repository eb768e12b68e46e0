import { Button, Checkbox, CheckboxGroup, ComboBox, DateField, DateInput, DateSegment, Input, Label, ListBox, ListBoxItem, NumberField, Popover,
  Radio, RadioGroup, Select, SelectValue, Slider, SliderThumb, SliderTrack, Switch, TextArea, TextField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { posts } from './form.js';
import { mount } from './react.jsx';

const options = ['Late', 'Lost', 'Lost and found', 'Wet'];
const held = {};
posts('size', () => held.size ?? '');
const list = <Popover><ListBox>{options.map((each) => <ListBoxItem key={each} id={each.toLowerCase()}>{each}</ListBoxItem>)}</ListBox></Popover>;
mount(<>
  <style>{'input[type=checkbox],input[type=radio]{accent-color:blue} .t{width:200px;height:20px} .h{width:20px;height:20px;background:grey;top:50%} label{display:block}'}</style>
  <TextField name="name"><Label>Name</Label><Input /></TextField><TextField name="message"><Label>Message</Label><TextArea /></TextField>
  <Select name="one" placeholder="Choose"><Label>Reason</Label><Button><SelectValue /></Button>{list}</Select>
  <ComboBox name="found"><Label>Found reason</Label><Input /><Button>v</Button>{list}</ComboBox>
  <RadioGroup name="reply"><Label>Reply by</Label><Radio value="email">Email</Radio><Radio value="phone">Phone</Radio></RadioGroup>
  <CheckboxGroup name="boxes"><Label>What happened</Label>{options.map((each) => <Checkbox key={each} value={each.toLowerCase()}>{each}</Checkbox>)}</CheckboxGroup>
  <Checkbox name="terms">I agree</Checkbox><Switch name="news">News</Switch>
  <DateField name="day"><Label>Mailed on</Label><DateInput>{(segment) => <DateSegment segment={segment} />}</DateInput></DateField>
  <NumberField name="copies"><Label>Copies</Label><Button slot="decrement">-</Button><Input /><Button slot="increment">+</Button></NumberField>
  <Slider defaultValue={50} step={5}><Label>Volume</Label><SliderTrack className="t"><SliderThumb name="volume" className="h" /></SliderTrack></Slider>
  <ToggleButtonGroup aria-label="Size" onSelectionChange={(keys) => { held.size = [...keys].join(','); }}>
    <ToggleButton id="small">Small</ToggleButton><ToggleButton id="large">Large</ToggleButton></ToggleButtonGroup>
</>);
